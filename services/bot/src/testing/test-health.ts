import type { Db } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import { fixedSettings } from '@atermtrack/settings'
import { createSendingHealth, type SendingHealth } from '../deliveries/sending-health.ts'

/** The health of a sender without admins to notify. */
export function testHealth(db: Db): SendingHealth {
  const wake = async () => Promise.reject(new Error('there is nobody to notify'))
  return createSendingHealth({
    db,
    logger: createLogger({ service: 'test', level: 'silent' }),
    queues: { wake },
    policy: { adminChatIds: [] },
    settings: fixedSettings({ scheduleZone: 'Asia/Vladivostok' }),
  })
}
