import { type Catalogue, catalogue, type Language, languages } from './catalogue.ts'

/** The texts of one area in each language. */
function area<Name extends keyof Catalogue>(name: Name): Readonly<Record<Language, Catalogue[Name]>> {
  return Object.fromEntries(languages.map((language) => [language, catalogue[language][name]])) as Record<
    Language,
    Catalogue[Name]
  >
}

/** One text of an area in each language, such as the description of a command. */
export function inEachLanguage<Words, Text>(
  texts: Readonly<Record<Language, Words>>,
  choose: (words: Words) => Text,
): Readonly<Record<Language, Text>> {
  return Object.fromEntries(languages.map((language) => [language, choose(texts[language])])) as Record<Language, Text>
}

export const accessTexts = area('access')
export const adminMenuTexts = area('adminMenu')
export const alertsTexts = area('alerts')
export const annotationTexts = area('annotation')
export const attentionTexts = area('attention')
export const auditTexts = area('audit')
export const auditWordsTexts = area('auditWords')
export const broadcastTexts = area('broadcast')
export const changesTexts = area('changes')
export const checksTexts = area('checks')
export const columnMappingTexts = area('columnMapping')
export const commonTexts = area('common')
export const companiesTexts = area('companies')
export const configTexts = area('config')
export const deliveryNotesTexts = area('deliveryNotes')
export const documentsTexts = area('documents')
export const emailTexts = area('email')
export const eventMailTexts = area('eventMail')
export const eventsTexts = area('events')
export const exportTexts = area('exports')
export const failuresTexts = area('failures')
export const forecastTexts = area('forecast')
export const groupsTexts = area('groups')
export const healthTexts = area('health')
export const lateRegisterTexts = area('lateRegister')
export const ledgerTexts = area('ledger')
export const limitsTexts = area('limits')
export const launcherTexts = area('launcher')
export type LauncherTexts = Catalogue['launcher']
export const lookupTexts = area('lookup')
export const mailEndingTexts = area('mailEnding')
export const mailListsTexts = area('mailLists')
export const membersTexts = area('members')
export const menuTexts = area('menu')
export const picturesTexts = area('pictures')
export const privacyTexts = area('privacy')
export const provenanceTexts = area('provenance')
export const questionTexts = area('question')
export const refusedMailTexts = area('refusedMail')
export const reportTexts = area('report')
export const searchTexts = area('search')
export const settingsTexts = area('settings')
export const shareTexts = area('share')
export const startTexts = area('start')
export const statsTexts = area('stats')
export const subscriptionsTexts = area('subscriptions')
export const terminalsTexts = area('terminals')
export const subscriberReportsTexts = area('subscriberReports')
export const newTrainTexts = area('newTrain')
export const trainCorrectionsTexts = area('trainCorrections')
export const trainListsTexts = area('trainLists')
export const trainMovesTexts = area('trainMoves')
export const trainsTexts = area('trains')
export const unreachedTexts = area('unreached')
export const unknownDeliveriesTexts = area('unknownDeliveries')
export const workbooksTexts = area('workbooks')

/** The texts of reports in one language. */
export type ReportTexts = Catalogue['report']
