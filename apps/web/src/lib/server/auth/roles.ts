import { createAccessControl } from 'better-auth/plugins/access'
import { defaultStatements, ownerAc } from 'better-auth/plugins/organization/access'

/** What better-auth itself authorises: only owners change the shop and its members. */
export const shopAccess = createAccessControl(defaultStatements)

/** The two roles of a shop; what they may do with events is decided in packages/api. */
export const shopRoles = {
  owner: shopAccess.newRole(ownerAc.statements),
  staff: shopAccess.newRole({ organization: [], member: [], invitation: [], team: [], ac: [] }),
}
