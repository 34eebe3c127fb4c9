/** The role of services on every test server. */
export const serviceRole = { name: 'atermtrack_service', password: 'of-the-role-of-services' } as const

/** The same database as the role of services sees it. */
export function asService(url: string): string {
  const changed = new URL(url)
  changed.username = serviceRole.name
  changed.password = serviceRole.password
  return changed.href
}
