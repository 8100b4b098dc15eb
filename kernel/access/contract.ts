import { z } from 'zod'
import { organisationTypes } from './organisation-types.ts'
import { roles } from './roles.ts'

/** Shapes of sign-in, shared with the web. */
export const signInBody = z.object({
  username: z.string().min(1).max(200),
  password: z.string().min(1).max(200),
  /** Sets another password with it; asked for by `sign_in.password_due`. */
  newPassword: z.string().min(1).max(200).optional(),
})
export type SignInBody = z.infer<typeof signInBody>

export const role = z.enum(roles)
export const organisationType = z.enum(organisationTypes)

/** The account signed in with where and as what it may act; `account` is null for nobody. */
export const me = z.object({
  account: z.object({ id: z.string(), username: z.string(), name: z.string().nullable() }).nullable(),
  programmes: z.array(
    z.object({
      id: z.string(),
      nameZh: z.string(),
      nameEn: z.string(),
      demo: z.boolean(),
      memberId: z.string(),
      roles: z.array(
        z.object({
          role,
          organisation: z
            .object({ id: z.string(), type: organisationType, nameZh: z.string(), nameEn: z.string() })
            .nullable(),
          areaCode: z.string().nullable(),
          areaPath: z.string().nullable(),
        }),
      ),
    }),
  ),
})
export type Me = z.infer<typeof me>
