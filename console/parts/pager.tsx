import { Button, Space } from 'antd';
import { useText } from '../language.ts';

interface PagerProps {
  /** Cursors of the pages that were turned to; the last one's page is shown, the first has none. */
  readonly cursors: readonly (string | undefined)[];
  /** Of the page that is shown; undefined while it loads. */
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } | undefined;
  readonly onTurn: (cursors: (string | undefined)[]) => void;
}

/** Back and forth through a list with cursors. */
export function Pager({ cursors, pageInfo, onTurn }: PagerProps) {
  const text = useText();
  return (
    <Space style={{ marginTop: 12 }}>
      <Button disabled={cursors.length === 1} onClick={() => onTurn(cursors.slice(0, -1))}>
        {text('上一页', 'Previous')}
      </Button>
      <Button
        disabled={pageInfo?.hasNextPage !== true}
        onClick={() => onTurn([...cursors, pageInfo?.endCursor ?? undefined])}
      >
        {text('下一页', 'Next')}
      </Button>
    </Space>
  );
}
