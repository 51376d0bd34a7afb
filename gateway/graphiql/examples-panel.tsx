import { useEditorContext } from '@graphiql/react';
import { useState } from 'react';
import type { DemoToken } from '../http/graphiql-page.ts';
import type { ExampleOperation } from '../operations/example-operation.ts';
import { ENGLISH } from './role-switcher.tsx';
import { useOpenExample } from './use-open-example.ts';

interface ExamplesPanelProps {
  examples: readonly ExampleOperation[];
  /** Empty outside demo mode. */
  demoTokens: readonly DemoToken[];
}

/** The list of example operations; choosing one loads it into the editors. */
export function ExamplesPanel({ examples, demoTokens }: ExamplesPanelProps) {
  const [search, setSearch] = useState('');
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const currentQuery = tabs[activeTabIndex]?.query;
  const { openExample, actingAs } = useOpenExample(examples, demoTokens);
  const found = examples.filter((example) => matches(example, search));
  return (
    <section className="yiyun-examples" aria-label="示例 Examples">
      <h2 className="yiyun-heading">示例 Examples</h2>
      <p className="yiyun-hint">
        点选示例，再按 <kbd>Ctrl</kbd>+<kbd>Enter</kbd> 运行。
        <span lang="en">Choose an example, then press Ctrl+Enter to run it.</span>
      </p>
      {actingAs && (
        <p className="yiyun-hint" role="status">
          已换用演示身份：{actingAs.titleZh}。<span lang="en">Now acting as {ENGLISH[actingAs.role]}.</span>
        </p>
      )}
      {demoTokens.length === 0 && (
        <p className="yiyun-hint">
          请在下方 Headers 栏填写令牌：<code>{'{ "Authorization": "Bearer …" }'}</code>
          <span lang="en">Put your token into Headers below, then re-fetch the schema.</span>
        </p>
      )}
      <input
        type="search"
        className="yiyun-search"
        placeholder="搜索标题、行号 Search title, row"
        aria-label="搜索示例 Search examples"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {found.length === 0 && <p className="yiyun-hint">没有匹配的示例 No example found</p>}
      <ul className="yiyun-example-list">
        {found.map((example) => (
          <li key={example.name}>
            <ExampleButton
              example={example}
              isCurrent={example.document === currentQuery}
              onOpen={() => openExample(example)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ExampleButtonProps {
  example: ExampleOperation;
  isCurrent: boolean;
  onOpen: () => void;
}

function ExampleButton({ example, isCurrent, onOpen }: ExampleButtonProps) {
  const [chinese, ...english] = example.title.split(' / ');
  return (
    <button
      type="button"
      className="yiyun-example"
      data-example={example.name}
      aria-current={isCurrent}
      onClick={onOpen}
    >
      <span className="yiyun-example-title">{chinese}</span>
      {english.length > 0 && (
        <span className="yiyun-example-english" lang="en">
          {english.join(' / ')}
        </span>
      )}
      <span className="yiyun-example-facts">
        <code>{example.name}</code>
        {example.city && <span className="yiyun-tag yiyun-tag-city">{example.city}</span>}
        {example.rows.map((row) => (
          <span key={row} className="yiyun-tag" title="需求行 Requirement row">
            {row}
          </span>
        ))}
      </span>
    </button>
  );
}

function matches(example: ExampleOperation, search: string): boolean {
  const text = [example.name, example.title, example.city ?? '', ...example.rows].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
