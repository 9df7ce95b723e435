/**
 * What anybody in the namespace may send to a workflow, and what would fail its task again and again before any handler sees it:
 * arguments that no converter can read, and signals whose name the SDK reserves for itself. Pure: bundled into the
 * workflow sandbox, as an interceptor module.
 */
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { log, type WorkflowInterceptors } from '@temporalio/workflow';

const RESERVED = '__temporal_';

/** A text, which is not of the shape of any argument: handlers ignore it, and name it in the log. */
const NOTHING_READ = defaultPayloadConverter.toPayload('unreadable');

export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      activate(input, next) {
        const { activation } = input;
        activation.jobs = (activation.jobs ?? []).filter(({ signalWorkflow }) => {
          const name = signalWorkflow?.signalName ?? '';
          const isReserved = name.startsWith(RESERVED);
          if (isReserved) log.warn('A signal that is not known was ignored', { signal: name.slice(0, 100) });
          return !isReserved;
        });
        for (const { signalWorkflow, queryWorkflow } of activation.jobs) {
          if (signalWorkflow?.input) signalWorkflow.input = signalWorkflow.input.map(toReadable);
          if (queryWorkflow?.arguments) queryWorkflow.arguments = queryWorkflow.arguments.map(toReadable);
        }
        next(input);
      },
    },
  ],
});

function toReadable(payload: Payload): Payload {
  try {
    defaultPayloadConverter.fromPayload(payload);
    return payload;
  } catch {
    return NOTHING_READ;
  }
}
