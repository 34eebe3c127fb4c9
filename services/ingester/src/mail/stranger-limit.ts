import { type Db, type mailbox as mailboxes, strangerIntake, type StrangerQuota } from '@atermtrack/data'
import type { MailAttachment } from './unpack-message.ts'

/** Rolls back the stored files of a stranger's message. */
class QuotaExceeded extends Error {
  override readonly name = 'QuotaExceeded'
}

/** The facts take space on the disk too. */
const factsKept = 20

/** Counts the files of a stranger's message against today's quota. Throws QuotaExceeded when they do not fit. */
export async function countAttachments(
  tx: Db,
  sender: string | undefined,
  attachments: readonly MailAttachment[],
  quota: StrangerQuota,
): Promise<void> {
  const bytes = attachments.reduce((sum, { content }) => sum + content.byteLength, 0)
  const fits = await strangerIntake.claim(tx, { sender, files: attachments.length, bytes }, quota)
  if (!fits) throw new QuotaExceeded()
}

/** The facts that are kept about files that are not stored. */
export function factsOf(attachments: readonly MailAttachment[]): readonly mailboxes.AttachmentFacts[] {
  return attachments.slice(0, factsKept).map(({ fileName, content, sha256 }) => ({
    fileName,
    size: content.byteLength,
    sha256: Buffer.from(sha256).toString('hex'),
  }))
}

/** Undefined when the quota rolled the storing back. */
export async function unlessExceeded<T>(storing: Promise<T>): Promise<T | undefined> {
  return storing.catch((error: unknown) => {
    if (error instanceof QuotaExceeded) return undefined
    throw error
  })
}
