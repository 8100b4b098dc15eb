/** What the server says of a session and of waiting work. */
export interface SignIn {
  username: string
  password: string
}

export interface Role {
  role: string
  organisationId: string
  organisationName: string
  areaCode: string
}

export interface Programme {
  id: string
  nameZh: string
  nameEn: string
  memberId: string
  roles: Role[]
}

export interface Me {
  account: { id: string; username: string; name: string }
  programmes: Programme[]
}

export interface Home {
  waiting: { kind: string; count: number; path: string }[]
}
