import type { FieldError } from '@gangway/contract/errors';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { fieldErrorsOf, isSessionOver } from '../errors.js';
import { clearDraft, readDraft, writeDraft } from './draft.js';

type Values = Record<string, string>;
export type FieldProps = {
  id: string;
  name: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
};

interface Options<V extends Values> {
  readonly initial: V;
  /** Refusals found without the server; the server's own are added to the same fields. */
  readonly validate: (values: V) => readonly FieldError[] | Promise<readonly FieldError[]>;
  readonly onSubmit: (values: V) => Promise<unknown>;
  /** Keeps what was typed for this tab while the person is elsewhere. Secrets are never kept. */
  readonly draft?: { readonly key: string; readonly secrets: readonly (keyof V & string)[] };
}

export interface Form<V extends Values> {
  readonly values: V;
  readonly errors: readonly FieldError[];
  readonly isBusy: boolean;
  /** What the server refused beyond fields; shown by the caller. */
  readonly failure: unknown;
  readonly summaryRef: React.RefObject<HTMLDivElement | null>;
  readonly field: (name: keyof V & string) => FieldProps;
  readonly set: (changes: Partial<V>) => void;
  /** Fills fields that nobody has edited. What is suggested is not kept as a draft, so it can still follow its source. */
  readonly suggest: (changes: Partial<V>) => void;
  readonly submit: (event?: FormEvent) => Promise<void>;
  /** Submits in another way than `onSubmit`, such as over somebody else's version. */
  readonly submitWith: (send: (values: V) => Promise<unknown>) => Promise<void>;
  /** Does something that the server may refuse, such as loading what somebody else saved; a refusal is shown like one of a submit. */
  readonly attempt: (work: () => Promise<unknown>) => Promise<void>;
  /** Takes the failure off the screen. */
  readonly clearFailure: () => void;
  readonly idOf: (name: string) => string;
}

/** State of a form of text values. Submitting is always possible; refusals move the focus to the error summary. */
export function useForm<V extends Values>(options: Options<V>): Form<V> {
  const formId = useId();
  const [{ values }, setState] = useState(() => toStart(options));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [refusals, setRefusals] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isRunning = useRef(false);
  const summaryRef = useRef<HTMLDivElement>(null);
  const names = Object.keys(options.initial);
  const idOf = (name: string) => `${formId}-${name}`;

  // After the summary is there, which takes as long as it takes.
  useEffect(() => {
    if (refusals > 0) summaryRef.current?.focus();
  }, [refusals]);

  function set(changes: Partial<V>) {
    setState((current) => {
      const next = {
        values: { ...current.values, ...changes },
        edited: new Set([...current.edited, ...Object.keys(changes)]),
      };
      if (options.draft) writeDraft(options.draft.key, pick(next.values, next.edited), options.draft.secrets);
      return next;
    });
    clearErrors(changes);
  }

  function suggest(changes: Partial<V>) {
    setState((current) => ({
      ...current,
      values: { ...current.values, ...changes, ...pick(current.values, current.edited) },
    }));
    clearErrors(changes);
  }

  function clearErrors(changes: Partial<V>) {
    setErrors((current) => current.filter(({ field }) => !(field in changes)));
  }

  function refuse(found: readonly FieldError[]) {
    setErrors(found.map((error) => ({ ...error, field: nearestField(error.field, names) })));
    setRefusals((count) => count + 1);
  }

  async function run(send: (values: V) => Promise<unknown>) {
    const found = await options.validate(values);
    if (found.length > 0) return refuse(found);
    await send(values);
    clearDraft(options.draft?.key);
  }

  async function submit(event?: FormEvent) {
    event?.preventDefault();
    await submitWith(options.onSubmit);
  }

  async function submitWith(send: (values: V) => Promise<unknown>) {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setErrors([]);
    setFailure(null);
    try {
      await run(send);
    } catch (error) {
      const refused = fieldErrorsOf(error);
      if (refused.length > 0) refuse(refused);
      else if (!isSessionOver(error)) setFailure(error);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  }

  const field = (name: keyof V & string): FieldProps => ({
    id: idOf(name),
    name,
    value: values[name] ?? '',
    error: errors.find((error) => error.field === name)?.message,
    onChange: (value) => set({ [name]: value } as Partial<V>),
  });
  return {
    values,
    errors,
    isBusy,
    failure,
    summaryRef,
    field,
    set,
    suggest,
    submit,
    submitWith,
    attempt: async (work) => {
      try {
        await work();
      } catch (error) {
        if (!isSessionOver(error)) setFailure(error);
      }
    },
    clearFailure: () => setFailure(null),
    idOf,
  };
}

function toStart<V extends Values>(options: Options<V>): { values: V; edited: ReadonlySet<string> } {
  const kept = readDraft(options.draft?.key);
  return { values: { ...options.initial, ...kept }, edited: new Set(Object.keys(kept)) };
}

function pick(values: Values, names: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

// The server names `create.credential.clientSecret` what the form calls `clientSecret`.
function nearestField(path: string, names: readonly string[]): string {
  return (
    path
      .split('.')
      .toReversed()
      .find((part) => names.includes(part)) ?? path
  );
}
