const paths = {
  home: 'M4 11.5 12 5l8 6.5M6 10v9h12v-9M10 19v-5h4v5',
  shop: 'M4 9h16l-1.5-4h-13zM5 9v10h14V9M9 19v-5h6v5',
  orders: 'M6 4h12v16l-3-2-3 2-3-2-3 2zM9 9h6M9 13h6',
  basket: 'M4 9h16l-2 10H6zM9 9l2-5M15 9l-2-5M9.5 13v3M14.5 13v3',
  parcel: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8M8 6l8 4',
  produce: 'M12 20c-4 0-6-3-6-7s3-5 6-3c3-2 6-1 6 3s-2 7-6 7M12 10c0-3 1-5 4-6',
  lot: 'M5 10h14v9H5zM4 6h16v4H4zM10 13h4',
  price: 'M4 12V5h7l9 9-7 7zM8 9v0M11 14l3-3',
  asked: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20M8 12v-1M10.5 12V8.5M13 12v-2',
  quota: 'M5 19V9M12 19V5M19 19v-7M3 19h18',
  figures: 'M4 18 9.5 11l4 4L20 6M4 4v16h16',
  payout: 'M4 7h16v10H4zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M7 9.5v0M17 14.5v0',
  check: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2.2 2.2L15.5 10',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M5 20c.6-4 3.4-6 7-6s6.4 2 7 6',
  households: 'M3 12l6-5 6 5M5 11v8h8v-8M15 9.5l2-1.5 4 3.5M17 19h3v-8',
  bank: 'M4 10h16L12 5zM6 10v7M10 10v7M14 10v7M18 10v7M4 19h16',
  inbox: 'M4 13 6.5 5h11L20 13v6H4zM4 13h5l1.5 2.5h3L15 13h5',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4',
  more: 'M5 6h14M5 12h14M5 18h14',
  cockpit: 'M4 5h16v11H4zM9 20h6M12 16v4M8 13v-2M12 13V8M16 13v-4',
  publicity: 'M4 10v4h3l7 4V6l-7 4zM17.5 9a4 4 0 0 1 0 6',
  metric: 'M5 19V9M12 19V5M19 19v-7M3 21h18',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20',
  tree: 'M10 4h4v4h-4zM4 16h4v4H4zM16 16h4v4h-4zM12 8v4M6 16v-4h12v4',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20c.5-4 2.8-6 6-6s5.5 2 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14.3c2 .7 3.2 2.6 3.5 5.7',
  key: 'M14.5 5.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8M11.7 12.3 4 20M4 20h3v-3',
  audit: 'M5 4h10l4 4v12H5zM15 4v4h4M8 12h8M8 15.5h5',
  jobs: 'M12 8v4l3 2M12 20a8 8 0 1 0-8-8M4 12 2 10M4 12l2-2',
  health: 'M3 12h4l2-5 4 10 2-5h6',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4',
} as const

export type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}

export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="logo-ground" />
      <path d="M5 23c4-5 7-5 11-1s7 4 11-1" className="logo-near" />
      <path d="M5 17c4-5 7-5 11-1s7 4 11-1" className="logo-far" />
      <circle cx="23" cy="8.5" r="3.2" className="logo-sun" />
    </svg>
  )
}
