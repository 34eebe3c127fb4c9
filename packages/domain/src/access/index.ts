export {
  type Access,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  type Allowed,
  type CompanyFacts,
  factsOfStranger,
  type GroupFacts,
  type GroupStatus,
  isAdmin,
  isAdminGroup,
  type PersonFacts,
  rightsLock,
  type Role,
} from './access-of.ts'
export { type AuditAction, auditActions } from './audit-actions.ts'
export {
  type AuditDetail,
  type AuditDetailForm,
  type AuditDetailName,
  auditDetailOf,
  auditDetails,
  type AuditThing,
  auditThingOf,
  auditThings,
} from './audit-details.ts'
export type { BroadcastAudience, SubscribedSubject } from './broadcast-audience.ts'
export { type Actor, actorOf, actors, may, type Right, rights } from './rights.ts'
export { type AccessNotice, askAgainNotice, noAccessNotice } from './access-notices.ts'
export { type CompanyScope, everything, type Scope, scopeKey } from './scope.ts'
