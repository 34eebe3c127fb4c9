import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

export function sendBytes(response: ServerResponse, bytes: Buffer, headers: OutgoingHttpHeaders): void {
  response.writeHead(200, { 'content-length': bytes.length, ...headers })
  response.end(bytes)
}
