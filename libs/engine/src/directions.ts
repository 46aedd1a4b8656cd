import { ENTITIES, type Entity } from '@sync/domain';
import type { OrganizationSettings } from './ports/organizations.js';

type Directed = Pick<OrganizationSettings, 'directions' | 'writeBack'>;

/** Whether what happens in the CRM is written into Xero. */
export function flowsToXero({ directions }: Pick<Directed, 'directions'>, entity: Entity): boolean {
  return directions[entity] === 'to-xero' || directions[entity] === 'two-way';
}

/** Whether what happens in Xero is written into the CRM. */
export function flowsToCrm({ directions, writeBack }: Directed, entity: Entity): boolean {
  return writeBack && (directions[entity] === 'to-crm' || directions[entity] === 'two-way');
}

/** The entities that flow at all, parents before children. */
export function entitiesOf(settings: Directed): Entity[] {
  return ENTITIES.filter((entity) => flowsToXero(settings, entity) || flowsToCrm(settings, entity));
}
