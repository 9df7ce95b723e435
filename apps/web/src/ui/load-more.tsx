import { t } from '../texts/common.js';
import { Button } from './button.js';

interface Props {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isLoadingMore: boolean;
    readonly loadMore: () => void;
  };
}

export function LoadMore({ list }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <div>
      <Button busy={list.isLoadingMore} onClick={list.loadMore}>
        {t('loadMore')}
      </Button>
    </div>
  );
}
