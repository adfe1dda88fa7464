import type { Day } from '../../kernel/day.ts'
import type { Entity } from '../entity.ts'
import type { Organisation } from '../organisation.ts'
import type { Service } from '../service.ts'

export type OrganisationAnswer = Organisation & { today: Day; abilities: string[] }

export type EntityAnswer = Entity & { member: boolean; abilities: string[] }

export type ServiceAnswer = Service & { abilities: string[] }

export type List<T> = { items: T[] }
