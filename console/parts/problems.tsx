import { Alert } from 'antd';
import type { GraphError } from '../graph.ts';
import { useText } from '../language.ts';

interface ProblemsProps {
  readonly errors: readonly GraphError[];
  /** Of an answer that lacks something, or of an act that was refused. */
  readonly of?: 'answer' | 'act';
}

/** What an answer lacks, or why something was not done, each kind once: the rest of the page stands. */
export function Problems({ errors, of = 'answer' }: ProblemsProps) {
  const text = useText();
  const messages = [...new Set(errors.map(({ message }) => message))];
  if (messages.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      message={of === 'act' ? text('未能办理', 'Not done') : text('有内容未能给出', 'Something could not be given')}
      description={messages.slice(0, 5).map((message) => <div key={message}>{chosen(message, text('zh', 'en'))}</div>)}
    />
  );
}

/** The hub says everything in both languages, `中文 | English`. */
function chosen(message: string, language: string): string {
  const [zh = message, en] = message.split(' | ');
  return language === 'zh' ? zh : (en ?? zh);
}
