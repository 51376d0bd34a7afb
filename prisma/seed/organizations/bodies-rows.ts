import type * as V from '../vocabulary.ts';

/** Rows of bodies, as the generator makes them. */

export interface OrganizationRow {
  readonly id: string;
  readonly kind: V.OrganizationKind;
  readonly name: string;
  readonly form: V.SocialOrganizationForm | null;
  readonly field: V.SocialOrganizationField | null;
  readonly registration: V.SocialOrganizationRegistration | null;
  readonly structure: V.OfficeStructure | null;
  readonly uscc: string | null;
  readonly parentId: string | null;
  readonly establishedOn: string | null;
  readonly dissolvedOn: string | null;
  readonly estateName: string | null;
  readonly rating: number | null;
  readonly namePinyin: string;
  readonly nameInitials: string;
  readonly phone: string | null;
  readonly addressText: string | null;
  readonly estateId: string | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly provenanceId: string;
}

export interface OrganizationChangeRow {
  readonly id: string;
  readonly organizationId: string;
  readonly item: 'RATING';
  readonly formerValue: string | null;
  readonly value: string | null;
  readonly changedOn: string;
  readonly note: string | null;
  readonly provenanceId: string;
}

export interface EngagementRow {
  readonly id: string;
  readonly role: V.EngagementRole;
  readonly holderType: V.HolderType;
  readonly holderKey: string;
  readonly holderName: string;
  readonly holderPlace: string | null;
  readonly subjectType: V.SubjectType;
  readonly subjectKey: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endReason: string | null;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export interface FundRow {
  readonly id: string;
  readonly name: string;
  readonly source: V.FundSource;
  readonly year: number;
  readonly organizationId: string | null;
  readonly allottedYuan: number;
  readonly spentYuan: number;
  readonly balanceYuan: number;
  readonly entryCount: number;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly provenanceId: string;
}

export interface FundEntryRow {
  readonly id: string;
  readonly fundId: string;
  readonly ordinal: number;
  readonly kind: V.FundEntryKind;
  readonly amountYuan: number;
  readonly balanceAfterYuan: number;
  readonly purpose: string;
  readonly enteredOn: string;
  readonly provenanceId: string;
}
