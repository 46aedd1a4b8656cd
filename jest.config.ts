/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{apps,libs,tests}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.cache/', '<rootDir>/.data/'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@sync/(api|worker|sandbox|cli|standalone)$': '<rootDir>/apps/$1/src',
    '^@sync/([^/]+)$': '<rootDir>/libs/$1/src',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  globalSetup: '<rootDir>/tests/global-setup.ts',
  globalTeardown: '<rootDir>/tests/global-teardown.ts',
  testTimeout: 30_000,
  // Specs wait more than they work, so two cores are enough for two; a Postgres as it comes has connections for no more.
  maxWorkers: 2,
  // What one spec loaded is not all given back after it: without an end, a worker comes to gigabytes and collects garbage.
  workerIdleMemoryLimit: '600MB',
};

export default config;
