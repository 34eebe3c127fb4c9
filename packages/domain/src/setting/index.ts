export {
  type ChangeableSetting,
  findSettingName,
  isRiskyChange,
  type SettingForm,
  type SettingGroup,
  settingGroups,
  type SettingName,
  settingNames,
  settingOf,
  tidySetting,
} from './changeable-settings.ts'
export { fitsPattern } from './file-pattern.ts'
