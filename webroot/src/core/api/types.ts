import type { components } from './schema';

type Schemas = components['schemas'];

export type Problem = Schemas['Problem'];
export type FieldError = Schemas['FieldError'];
export type Session = Schemas['Session'];
export type AuditEntry = Schemas['AuditEntry'];
export type Host = Schemas['Host'];
export type Network = Schemas['Network'];
export type Pool = Schemas['Pool'];
export type CreatePool = Schemas['CreatePool'];
export type PoolOnHost = Schemas['PoolOnHost'];
export type Driver = Schemas['Driver'];
export type DriverSetting = Schemas['DriverSetting'];
export type Trial = Schemas['Trial'];
export type UnmanagedVolume = Schemas['UnmanagedVolume'];
export type Snapshot = Schemas['Snapshot'];
export type Volume = Schemas['Volume'];
export type CreateVolume = Schemas['CreateVolume'];
export type Image = Schemas['Image'];
export type CreateImage = Schemas['CreateImage'];
export type Vm = Schemas['Vm'];
export type CreateVm = Schemas['CreateVm'];
export type Task = Schemas['Task'];
export type TaskAccepted = Schemas['TaskAccepted'];
export type ConsoleTicket = Schemas['ConsoleTicket'];
export type ChangeEvent = Schemas['ChangeEvent'];
export type ChangeKind = ChangeEvent['kind'];
