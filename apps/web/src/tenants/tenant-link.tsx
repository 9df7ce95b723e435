import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { AppLink } from '../ui/app-link.js';

/** A managed tenant by its name, as a link to its page. */
export function TenantLink({ id, name }: { id: string; name: string }) {
  const { slug } = useWorkspace();
  return <AppLink href={paths.tenant(slug, id)}>{name}</AppLink>;
}
