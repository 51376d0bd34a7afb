/** Of all pages; fonts are those of the machine. */
export const DOCS_STYLE = `
:root { font: 16px/1.6 "Segoe UI", "Noto Sans", Arial, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #14263a; }
body { margin: 0; background: #f3f6fa; overflow-wrap: anywhere; }
header { background: #0b3a6b; padding: 0.6rem 1.4rem; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; align-items: baseline; }
header strong { color: #fff; font-size: 1.3rem; letter-spacing: 0.2em; }
header nav { display: flex; flex-wrap: wrap; gap: 0.2rem 1.3rem; }
header a { color: #cfe3f8; }
main { max-width: 76rem; margin: 0 auto; padding: 1.2rem 1.4rem 3rem; }
h1 { font-size: 1.7rem; margin: 0 0 0.3rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 1.2rem 0 0.3rem; }
a { color: #0b5cad; }
a:focus-visible { outline: 3px solid #ffb020; outline-offset: 2px; }
.lead { margin: 0.2rem 0; }
.en { color: #41566d; }
table { border-collapse: collapse; width: 100%; background: #fff; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem; border: 1px solid #d5dfea; }
th { background: #e6eef7; font-weight: 600; }
td:first-child, td:nth-child(2), td:nth-child(3) { min-width: 8.5rem; }
pre { background: #0d2a4a; color: #dbe7f5; padding: 0.8rem 1rem; border-radius: 0.4rem; overflow-x: auto; font-size: 0.9rem; line-height: 1.45; }
code { font-family: "JetBrains Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 0.93em; }
.columns { columns: 18rem; list-style: none; padding: 0; margin: 0; }
.columns li { break-inside: avoid; padding: 0.1rem 0; }
.tag { display: inline-block; background: #e6eef7; border-radius: 0.3rem; padding: 0 0.5rem; margin-right: 0.4rem; }
.breaking { color: #a8200d; font-weight: 600; }
`;
