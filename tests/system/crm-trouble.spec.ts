import { describeWith } from '@sync/testing';
import { proveCrmTroublePauses, provePerfexSchemaIsChecked, proveReplacedCrmStops } from './crm-trouble.js';

describe('a CRM', () => {
  proveCrmTroublePauses(
    [
      { mode: 'html', code: 'CRM_ANSWER_UNREADABLE', title: /not the agreed form: .*HTML/i },
      { mode: 'half-json', code: 'CRM_ANSWER_UNREADABLE', title: /not the agreed form: / },
    ],
    40_000,
  );
});

describe('a CRM that was set up anew', () => {
  proveReplacedCrmStops(40_000);
});

describeWith(['mariadb'], 'a Perfex database of another shape', () => {
  provePerfexSchemaIsChecked(40_000);
});
