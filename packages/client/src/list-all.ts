/** A procedure that lists by pages, such as `client.provisioning.tenants.list`. */
export interface PagedProcedure<Input, Item> {
  query(
    input: Input & { cursor?: string },
    options?: { signal?: AbortSignal },
  ): Promise<{ items: Item[]; next_cursor: string | null }>;
}

/**
 * All items of a list, page after page, each page only when it is needed:
 * `for await (const tenant of listAll(client.provisioning.tenants.list, { status: 'active' }))`.
 */
export async function* listAll<Input extends object, Item>(
  procedure: PagedProcedure<Input, Item>,
  input: Input,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<Item, void, void> {
  let page = await procedure.query(input, options);
  for (;;) {
    yield* page.items;
    if (page.next_cursor === null) return;
    page = await procedure.query({ ...input, cursor: page.next_cursor }, options);
  }
}
