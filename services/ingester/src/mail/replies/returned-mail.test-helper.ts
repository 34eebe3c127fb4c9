/** A report of a mail server about a mail that it could not deliver (RFC 3464), with that mail's head or all of it. */
export function aReturnedMail({
  messageId,
  status,
  action,
  returned = `Message-ID: <${messageId}>\r\nSubject: x\r\nTo: anna@example.test\r\n`,
  returnedType = 'text/rfc822-headers',
}: {
  readonly messageId: string
  readonly status: string
  readonly action: string
  readonly returned?: string
  readonly returnedType?: string
}): Buffer {
  const part = (type: string, body: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`
  return Buffer.from(
    [
      'From: MAILER-DAEMON@example.test',
      'To: robot@aterm.test',
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      part('text/plain; charset=us-ascii', 'This is the mail system at host example.test.') +
        part(
          'message/delivery-status',
          `Reporting-MTA: dns; example.test\r\n\r\nFinal-Recipient: rfc822; anna@example.test\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 x\r\n`,
        ) +
        part(returnedType, returned) +
        '--b--\r\n',
    ].join('\r\n'),
  )
}
