import type { PlaceCodes } from '../place-codes.ts';
import type * as V from '../vocabulary.ts';

/** Rows of the workforce and its rules, as the generator makes them. */

export interface OrganizationRuleRow {
  readonly id: string;
  readonly code: string;
  readonly subject: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly unit: string;
  readonly legalBasis: string | null;
  readonly effectiveFrom: string | null;
  readonly confirmed: boolean;
  readonly provenanceId: string;
}

export interface TrainingCategoryRow {
  readonly code: string;
  readonly ordinal: number;
  readonly name: string | null;
  readonly provenanceId: string;
}

export interface TrainingCourseRow {
  readonly id: string;
  readonly title: string;
  readonly kind: V.TrainingKind;
  readonly tier: V.TrainingTier;
  readonly categoryCode: string | null;
  readonly mode: V.TrainingMode;
  readonly studyScope: V.StudyScope | null;
  readonly runNumber: number;
  readonly term: string;
  readonly startsOn: string;
  readonly hours: number;
  readonly budgetYuan: number | null;
  readonly reportedAttendees: number | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly provenanceId: string;
}

export interface RecruitmentRow {
  readonly id: string;
  readonly title: string;
  readonly channel: V.RecruitmentChannel;
  readonly postId: string | null;
  readonly headcount: number;
  readonly applicants: number;
  readonly hired: number;
  readonly state: V.RecruitmentState;
  readonly announcedOn: string;
  readonly closedOn: string | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly provenanceId: string;
}

export interface CertificateRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string;
  readonly holderName: string;
  readonly level: V.SocialWorkCertificate;
  readonly certificateNumber: string;
  readonly passedYear: number;
  readonly provenanceId: string;
}

export interface SocialWorkerRegistrationRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string;
  readonly certificateId: string;
  readonly holderName: string;
  readonly level: V.SocialWorkCertificate;
  readonly registeredOn: string;
  readonly expiresOn: string;
  readonly endedOn: string | null;
  readonly provenanceId: string;
}

export interface TrainingAttendanceRow extends PlaceCodes {
  readonly id: string;
  readonly courseId: string;
  readonly personId: string;
  readonly workerId: string;
  readonly attendedOn: string;
  readonly hours: number;
  readonly provenanceId: string;
}

export interface ServiceRecordRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string;
  readonly postKind: V.WorkerPost;
  readonly postId: string | null;
  readonly fullTime: boolean;
  readonly duty: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

export interface WorkerRecordRow extends PlaceCodes {
  readonly id: string;
  readonly workerId: string;
  readonly personId: string;
  readonly holderName: string;
  readonly kind: V.WorkerRecordKind;
  readonly title: string;
  readonly batch: string | null;
  readonly issuer: string | null;
  readonly happenedOn: string;
  readonly untilOn: string | null;
  readonly amountYuan: number | null;
  readonly perMonth: boolean;
  readonly score: number | null;
  readonly provenanceId: string;
}

export interface PostRow extends PlaceCodes {
  readonly id: string;
  readonly title: string;
  readonly kind: V.WorkerPost;
  readonly headcount: number;
  readonly duties: string;
  readonly position: string;
  readonly goals: string;
  readonly appraisal: string;
  readonly pay: string;
  readonly lowestGrade: number;
  readonly highestGrade: number;
  readonly establishedOn: string;
  readonly abolishedOn: string | null;
  readonly provenanceId: string;
}
