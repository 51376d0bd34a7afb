import { ConfigProvider, theme } from 'antd';
import enGB from 'antd/es/locale/en_GB';
import zhCN from 'antd/es/locale/zh_CN';
import { type ReactNode, useEffect, useState } from 'react';
import { config } from './config.ts';
import type { Language } from './language.ts';

/** antd counts in pixels; the page's own sizes are in rem, and both grow with the screen. */
function letterSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

export function StyleProvider(props: { language: Language; dark: boolean; children: ReactNode }) {
  const { children, dark, language } = props;
  const [fontSize, setFontSize] = useState(letterSize);
  useEffect(() => {
    const follow = () => setFontSize(letterSize());
    addEventListener('resize', follow);
    return () => removeEventListener('resize', follow);
  }, []);
  return (
    <ConfigProvider
      csp={{ nonce: config.styleNonce }}
      button={{ autoInsertSpace: false }}
      locale={language === 'zh' ? zhCN : enGB}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          fontSize,
          fontSizeSM: fontSize * 0.9,
          controlHeight: fontSize * 2.25,
          colorPrimary: '#0b6bcb',
          fontFamily: 'inherit',
          motion: false,
        },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
