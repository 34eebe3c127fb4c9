import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineAction } from './action.ts'
import { defineStep } from './dialog-step.ts'
import { type Feature, withRight } from './feature.ts'
import { createRoutingTable } from './routing-table.ts'

const nothing = async () => undefined
const view = defineAction('sub-view')
const name = defineStep('sub-name', { draft: z.string() })

const lists: Feature = {
  name: 'lists',
  right: 'keep_own',
  commands: [{ name: 'lists', handle: nothing }],
  menu: { subscriptions: nothing },
  declares: [view, name],
  actions: [view.handle(nothing)],
  dialogs: [name.handle(nothing)],
  document: { right: 'annotate_workbook', accept: async () => true },
}

function problemsOf(...features: readonly Feature[]): readonly string[] {
  try {
    createRoutingTable(features)
    return []
  } catch (error) {
    return (error as Error).message.split('\n- ').slice(1)
  }
}

test('finds the only feature that handles something', () => {
  const table = createRoutingTable([{ name: 'empty', right: 'ask' }, lists])
  expect(table.findAction('sub-view')?.feature).toBe(lists)
  expect(table.findAction('toString')).toBeUndefined()
  expect(table.findMenuItem('subscriptions')?.feature).toBe(lists)
  expect(table.findMenuItem('help')).toBeUndefined()
  expect(table.findStep({ kind: 'sub-name', draft: 'Мои' })?.handler).toBeTypeOf('function')
})

test.each([undefined, null, 'sub-name', {}, { kind: 7 }, { kind: 'sub-name' }, { kind: 'of-another-release' }])(
  'finds no step for the state %j',
  (state) => {
    expect(createRoutingTable([lists]).findStep(state)).toBeUndefined()
  },
)

test('names every collision of two features at once', () => {
  expect(problemsOf(lists, { ...lists, name: 'copies' })).toEqual([
    'the command "/lists" is claimed by "lists" and by "copies"',
    'the menu item "subscriptions" is claimed by "lists" and by "copies"',
    'the action "sub-view" is claimed by "lists" and by "copies"',
    'the dialog step "sub-name" is claimed by "lists" and by "copies"',
    'the message "document" is claimed by "lists" and by "copies"',
    'the action "sub-view" is declared by "lists" and by "copies"',
    'the dialog step "sub-name" is declared by "lists" and by "copies"',
  ])
})

test('commands that differ only in case collide, as the router ignores case', () => {
  expect(
    problemsOf(lists, { name: 'loud', right: 'ask', commands: [{ name: 'LISTS', handle: nothing }] }),
  ).toHaveLength(1)
})

test('names actions and steps that are declared but not handled, or handled but not declared', () => {
  expect(problemsOf({ ...lists, actions: [], dialogs: [] })).toEqual([
    'the action "sub-view" is declared by "lists" and handled by nobody',
    'the dialog step "sub-name" is declared by "lists" and handled by nobody',
  ])
  expect(problemsOf({ ...lists, declares: [] })).toEqual([
    'the action "sub-view" is handled by "lists" and declared by nobody',
    'the dialog step "sub-name" is handled by "lists" and declared by nobody',
  ])
})

test('a handler needs the right of its feature unless it names one of its own', () => {
  const [guarded] = withRight('manage_people', [view.handle(nothing)])
  const table = createRoutingTable([{ ...lists, actions: guarded ? [guarded] : [] }])
  expect(table.findAction('sub-view')?.right).toBe('manage_people')
  expect(table.findStep({ kind: 'sub-name', draft: 'Мои' })?.right).toBe('keep_own')
  expect(table.findMenuItem('subscriptions')?.right).toBe('keep_own')
  expect(table.document?.right).toBe('annotate_workbook')
})
