import { Empty, Spin } from 'antd';
import { SIMILAR, type SimilarData } from '../documents/catalogue.ts';
import { useGraph } from '../graph.ts';
import { useText } from '../language.ts';
import { Problems } from '../parts/problems.tsx';
import { SimilarFields } from './similar-fields.tsx';

/** 疑似同义: of the whole catalogue. */
export function SimilarPage() {
  const text = useText();
  const { data, errors, loading } = useGraph<SimilarData>(SIMILAR, {});
  return (
    <>
      <h1>{text('疑似同义的信息项', 'Fields that look like the same concept')}</h1>
      <Problems errors={errors} />
      {loading && data === null ? <Spin /> : <SimilarFields pairs={data?.similarFields ?? []} />}
      {data?.similarFields?.length === 0 ? <Empty description={text('没有', 'None')} /> : null}
    </>
  );
}
