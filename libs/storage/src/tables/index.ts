import {
  XeroAppTable,
  XeroAuthorizationTable,
  XeroConnectionTable,
  CrmConnectionTable,
  ConnectionLeaseTable,
  ConnectionCallTable,
  CrmFingerprintBucketTable,
  CrmFingerprintRecordTable,
} from './connections.js';
import {
  OrganizationTable,
  MappingTable,
  ReferenceCopyTable,
  ApiKeyTable,
  SessionTable,
} from './organization.js';
import { BindingTable, XeroIdentityTable, XeroCheckpointTable } from './records.js';
import { SyncOperationTable, OperationWaitTable, WriteBatchTable, CheckpointTable } from './ledger.js';
import {
  ConflictTable,
  CrmWriteTable,
  GraveChangeTable,
  HeldChangeTable,
  BrakeReleaseTable,
  XeroWebhookSourceTable,
  XeroWebhookTable,
} from './both-ways.js';
import { RunTable, RunSweepTable, RunOperationTable, HistoryEntryTable, IssueTable } from './telling.js';

/** Every table, as TypeORM knows it. Indexes, keys and checks are in the migrations alone. */
export const TABLES = [
  XeroAppTable,
  XeroAuthorizationTable,
  XeroConnectionTable,
  CrmConnectionTable,
  ConnectionLeaseTable,
  ConnectionCallTable,
  CrmFingerprintBucketTable,
  CrmFingerprintRecordTable,
  OrganizationTable,
  MappingTable,
  ReferenceCopyTable,
  ApiKeyTable,
  SessionTable,
  BindingTable,
  XeroIdentityTable,
  XeroCheckpointTable,
  SyncOperationTable,
  OperationWaitTable,
  WriteBatchTable,
  CheckpointTable,
  RunTable,
  RunSweepTable,
  RunOperationTable,
  HistoryEntryTable,
  IssueTable,
  XeroWebhookTable,
  XeroWebhookSourceTable,
  CrmWriteTable,
  ConflictTable,
  GraveChangeTable,
  HeldChangeTable,
  BrakeReleaseTable,
];
