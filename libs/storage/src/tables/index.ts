import {
  XeroAuthorizationTable,
  XeroConnectionTable,
  CrmConnectionTable,
  ConnectionLeaseTable,
  ConnectionCallTable,
  CrmFingerprintBucketTable,
  CrmFingerprintRecordTable,
} from './connections.js';
import { OrganizationTable, MappingTable, ApiKeyTable, SessionTable } from './organization.js';
import { BindingTable, XeroIdentityTable, IdentityFreshnessTable } from './records.js';
import { SyncOperationTable, OperationWaitTable, WriteBatchTable, CheckpointTable } from './ledger.js';
import { RunTable, RunSweepTable, RunOperationTable, HistoryEntryTable, IssueTable } from './telling.js';

/** Every table, as TypeORM knows it. Indexes, keys and checks are in the migrations alone. */
export const TABLES = [
  XeroAuthorizationTable,
  XeroConnectionTable,
  CrmConnectionTable,
  ConnectionLeaseTable,
  ConnectionCallTable,
  CrmFingerprintBucketTable,
  CrmFingerprintRecordTable,
  OrganizationTable,
  MappingTable,
  ApiKeyTable,
  SessionTable,
  BindingTable,
  XeroIdentityTable,
  IdentityFreshnessTable,
  SyncOperationTable,
  OperationWaitTable,
  WriteBatchTable,
  CheckpointTable,
  RunTable,
  RunSweepTable,
  RunOperationTable,
  HistoryEntryTable,
  IssueTable,
];
