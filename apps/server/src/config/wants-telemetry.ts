type Variables = Readonly<Record<string, string | undefined>>;

/** Whether the variables of OpenTelemetry name a place for traces or metrics. Without one nothing of it is loaded. */
export function wantsTelemetry(variables: Variables): boolean {
  if (variables['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return false;
  return wantsSignal(variables, 'TRACES') || wantsSignal(variables, 'METRICS');
}

/** Whether traces, or metrics, are to be sent: to an endpoint for both or for them, or by an exporter that is named. */
export function wantsSignal(variables: Variables, signal: 'TRACES' | 'METRICS'): boolean {
  const exporter = variables[`OTEL_${signal}_EXPORTER`];
  if (exporter) return exporter !== 'none';
  return Boolean(
    variables['OTEL_EXPORTER_OTLP_ENDPOINT'] || variables[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`],
  );
}
