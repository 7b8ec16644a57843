// A plug-in of graphql-codegen: which types belong to which document id, `page/supply-network` being SupplyNetworkQuery.
const { basename } = require('node:path');

/** @param {unknown} _schema @param {{location?: string, document?: import('graphql').DocumentNode}[]} files */
exports.plugin = (_schema, files) => {
  const rows = files.flatMap(({ location, document }) => document?.definitions.flatMap((one) => {
    if (one.kind !== 'OperationDefinition' || !one.name) return [];
    const kind = one.operation === 'mutation' ? 'Mutation' : 'Query', name = one.name.value;
    return `  'page/${basename(location ?? '', '.graphql')}': { data: ${name}${kind}, variables: ${name}${kind}Variables },`;
  }) ?? []);
  return `/** What is asked by which document id. */\nexport interface Documents {\n${rows.sort().join('\n')}\n}\n`;
};
