import { useCallback, useEffect, useMemo, useState } from 'react';
import { TokenContext } from './graph.ts';
import { firstLanguage, keepLanguage, type Language, LanguageContext } from './language.ts';
import { BrainPage } from './pages/brain.tsx';
import { ChangesPage } from './pages/changes.tsx';
import { ClientsPage } from './pages/clients.tsx';
import { FieldPage } from './pages/field.tsx';
import { FieldsPage } from './pages/fields.tsx';
import { IntakePage } from './pages/intake.tsx';
import { LedgerPage } from './pages/ledger.tsx';
import { ProposalPage } from './pages/proposal.tsx';
import { SharingPage } from './pages/sharing.tsx';
import { SimilarPage } from './pages/similar.tsx';
import { SystemsPage } from './pages/systems.tsx';
import { Frame } from './parts/frame.tsx';
import { SignIn } from './parts/sign-in.tsx';
import { type Route, useRoute } from './route.ts';
import { firstToken, keepToken } from './session.ts';
import { StyleProvider } from './style-provider.tsx';

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [token, setToken] = useState(firstToken);
  const route = useRoute();
  useEffect(() => keepLanguage(language), [language]);
  const signIn = useCallback((given: string) => {
    keepToken(given);
    setToken(given);
  }, []);
  const page = useMemo(() => pageOf(route), [route]);
  return (
    <LanguageContext.Provider value={language}>
      <TokenContext.Provider value={token}>
        <StyleProvider language={language} dark={route[0] === undefined || route[0] === 'brain'}>
          <Frame route={route} language={language} onLanguage={setLanguage} onToken={signIn}>
            {token === '' ? <SignIn onToken={signIn} /> : page}
          </Frame>
        </StyleProvider>
      </TokenContext.Provider>
    </LanguageContext.Provider>
  );
}

function pageOf([name = 'brain', subject]: Route) {
  switch (name) {
    case 'fields':
      return <FieldsPage typeName={subject} />;
    case 'field':
      return <FieldPage coordinate={subject ?? ''} />;
    case 'similar':
      return <SimilarPage />;
    case 'ledger':
      return <LedgerPage />;
    case 'systems':
      return <SystemsPage />;
    case 'sharing':
      return <SharingPage />;
    case 'intake':
      return <IntakePage />;
    case 'clients':
      return <ClientsPage />;
    case 'changes':
      return <ChangesPage />;
    case 'proposal':
      return <ProposalPage id={subject ?? ''} />;
    default:
      return <BrainPage code={subject} />;
  }
}
