import { Outlet } from '@tanstack/react-router'
import { ConfigProvider, type ConfigProviderProps } from 'antd'
import en from 'antd/es/locale/en_US.js'
import zh from 'antd/es/locale/zh_CN.js'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../i18n/i18n.ts'
import './desk.css'

const theme = {
  token: {
    colorPrimary: '#1d4d36',
    colorLink: '#1d4d36',
    colorError: '#9c3f24',
    colorSuccess: '#2c6e49',
    colorText: '#1c2821',
    colorTextSecondary: '#55625a',
    colorTextTertiary: '#5f6b63',
    colorTextPlaceholder: '#6b756e',
    colorBorder: '#8a9188',
    colorBorderSecondary: '#e3e0d6',
    borderRadius: 8,
    fontFamily: 'inherit',
    fontSize: 15,
    controlHeight: 40,
  },
  components: { Table: { headerBg: '#f4f2ea', headerColor: '#3f4b44', cellPaddingInlineMD: 14 } },
}

type Locale = NonNullable<ConfigProviderProps['locale']>

// bundlers and Node disagree on what the default of these files is
const localeOf = (file: Locale | { default: Locale }): Locale => ('default' in file ? file.default : file)

/** Ant Design for the desks, in the house's colours and the page's language. */
export function Desk() {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }}
      theme={theme}
      locale={localeOf(languageOf(i18n) === 'en' ? en : zh)}
    >
      <Outlet />
    </ConfigProvider>
  )
}
