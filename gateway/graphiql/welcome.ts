/** What a new tab holds. */
export const WELCOME = `# 一云：全市一张图 / Yiyun: one graph for the whole city
# Ctrl+Enter 运行 run · Ctrl+Space 补全 complete · 左侧书本图标为文档 docs

query Welcome {
  __typename
}
`;
