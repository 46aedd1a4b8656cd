import { describeWith } from '@sync/testing';
import { proveOptionalLines } from './optional-lines.js';

describeWith(['mariadb'], 'an optional line that nobody selected', () => {
  proveOptionalLines(120_000);
});
