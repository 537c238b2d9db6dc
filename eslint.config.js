import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'node_modules/', '**/*.mjs', '**/*.cjs', 'assets/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
    },
  },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
  // A page has no log of its own; its warnings reach the shell that opened it.
  { files: ['renderer/**'], rules: { 'no-console': ['error', { allow: ['warn', 'error'] }] } },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['src/cli/**', 'build/**', 'test/accuracy/**', 'test/bench/**', 'test/chaos/**', 'src/audience/**', 'src/selection/**'], rules: { 'no-console': 'off' } },
  {
    // Pure rooms: clock and random come in as arguments, so that everything can be replayed.
    files: ['src/audience/**', 'src/selection/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'process', 'performance'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now' }, { object: 'Math', property: 'random' }],
    },
  },
);
