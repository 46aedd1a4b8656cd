/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';
import base from './jest.config';

/** The slow proofs in their full form, one after another: they count calls against a clock. */
const config: Config = {
  ...base,
  testMatch: ['<rootDir>/{apps,libs,tests}/**/*.verify.ts'],
  maxWorkers: 1,
  testTimeout: 30 * 60_000,
};

export default config;
