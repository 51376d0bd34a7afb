import type { AnyMachineDeclaration } from '../../../kit/machine/machine-declaration.ts';
import { type ProposalEvent, proposalMachine } from '../../rules/proposals/proposal-machine.ts';
import { type SubmissionEvent, submissionMachine } from '../../rules/register/submission-machine.ts';
import type { RequestEvent } from '../../rules/sharing/request-machine.ts';
import { requestMachine } from '../../rules/sharing/request-machine.ts';
import { type TicketEvent, ticketMachine } from '../../rules/verification/ticket-machine.ts';
import type { ProposalState } from '../../store/proposals/proposal-rows.ts';
import type { SubmissionState } from '../../store/register/submission-rows.ts';
import type { RequestState } from '../../store/sharing/request-rows.ts';
import type { TicketState } from '../../store/verification/ticket-rows.ts';
import { builder } from '../builder.ts';

/** States and events of a machine as the values of an enum, named as the machine names them. */
function valuesOf<Name extends string>(named: AnyMachineDeclaration['states'] | AnyMachineDeclaration['events']) {
  return Object.fromEntries(
    Object.entries(named).map(([name, { zh, en }]) => [name, { description: `${zh} ${en}.` }]),
  ) as Record<Name, { description: string }>; // the machine's own names
}

export const CatalogueSubmissionState = builder.enumType('CatalogueSubmissionState', {
  description: '送审状态 State of a submission.',
  values: valuesOf<SubmissionState>(submissionMachine.declaration.states),
});
export const CatalogueSubmissionEvent = builder.enumType('CatalogueSubmissionEvent', {
  description: '送审流转 What may be done with a submission.',
  values: valuesOf<SubmissionEvent>(submissionMachine.declaration.events),
});
export const SharingRequestState = builder.enumType('SharingRequestState', {
  description: '申请状态 State of a sharing request.',
  values: valuesOf<RequestState>(requestMachine.declaration.states),
});
export const SharingRequestEvent = builder.enumType('SharingRequestEvent', {
  description: '申请流转 What may be done with a sharing request.',
  values: valuesOf<RequestEvent>(requestMachine.declaration.events),
});
export const VerificationTicketState = builder.enumType('VerificationTicketState', {
  description: '校核状态 State of a verification ticket.',
  values: valuesOf<TicketState>(ticketMachine.declaration.states),
});
export const VerificationTicketEvent = builder.enumType('VerificationTicketEvent', {
  description: '校核流转 What may be done with a verification ticket.',
  values: valuesOf<TicketEvent>(ticketMachine.declaration.events),
});

export const SchemaProposalState = builder.enumType('SchemaProposalState', {
  description: '提案状态 State of a proposal.',
  values: valuesOf<ProposalState>(proposalMachine.declaration.states),
});
export const SchemaProposalEvent = builder.enumType('SchemaProposalEvent', {
  description: '提案流转 What may be done with a proposal.',
  values: valuesOf<ProposalEvent>(proposalMachine.declaration.events),
});

export const SharingMode = builder.enumType('SharingMode', {
  description: '共享方式 How shared data is used.',
  values: {
    QUERY_INTERFACE: { description: '服务接口 Through the graph.' },
    BATCH_EXCHANGE: { description: '批量交换 In batches.' },
    FILE_DOWNLOAD: { description: '文件下载 As files.' },
  },
});

export const SubmissionKind = builder.enumType('SubmissionKind', {
  description: '送审类型 What is asked of the catalogue.',
  values: {
    REGISTER: { description: '登记 The department becomes the source of a new item.' },
    CHANGE: { description: '变更 The source changes the card of its item.' },
    SECOND_COLLECTOR: { description: '重复采集例外 A second collector, on a stated ground.' },
  },
});

export const MatterKind = builder.enumType('MatterKind', {
  description: '事项类型 What passes between departments under a clock.',
  values: {
    CatalogueSubmission: { description: '目录送审 A catalogue submission.' },
    SharingRequest: { description: '共享申请 A sharing request.' },
    VerificationTicket: { description: '校核申请 A verification ticket.' },
    SchemaProposal: { description: '图谱提案 A proposed change of the graph.' },
  },
});
