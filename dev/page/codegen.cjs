// Types of the answers to the page's questions: `npm run --prefix dev/page types` writes them, a test holds them against the files.
/** @type {import('@graphql-codegen/cli').CodegenConfig} */
module.exports = {
  schema: '../../schema/schema.graphql',
  documents: '../../api/page/queries/**/*.graphql',
  generates: {
    '../../api/page/queries.d.ts': {
      plugins: ['typescript-operations', './documents.cjs'],
      config: {
        enumsAsTypes: true, skipTypename: true, onlyOperationTypes: true, avoidOptionals: { field: true },
        strictScalars: true, scalars: { Date: 'string', DateTime: 'string', JSON: 'unknown', Long: 'number', ID: 'string' },
      },
    },
  },
};
