import { useEffect, useRef } from 'react';
import type { BarsProps } from './bars-props.ts';
import type { BarsChart } from './draw-bars.ts';

/** Horizontal bars. The charting library comes with the first of them. */
export function Bars(props: BarsProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Promise<BarsChart> | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    let ended = false;
    const made = import('./draw-bars.ts').then(({ createBars }) => createBars(place));
    chart.current = made;
    void made.then((bars) => (ended ? bars.dispose() : bars.draw(latest.current)));
    const observer = new ResizeObserver(() => void made.then((bars) => ended || bars.resize(latest.current)));
    observer.observe(place);
    return () => {
      ended = true;
      observer.disconnect();
      void made.then((bars) => bars.dispose());
    };
  }, []);
  useEffect(() => {
    void chart.current?.then((bars) => bars.draw(props));
  }, [props]);
  return <div ref={element} role="img" aria-label={props.label} className="bars" />;
}
