import type { FirstLook } from '../../shared/init/first-look.ts';
import type { SourceDeclaration } from '../../shared/init/proposal.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { namingSettingsOf } from '../../shared/source/columns/column-names.ts';
import { listNames } from '../../shared/text/nearest-name.ts';

/**
 * What is seen of the data. Where a CSV file has columns without a name, which prepare refuses, they get one: the lines that
 * prepare asks for, `skip-rows` and `header`, come into the source, and a warning says so.
 *
 * @param seen reads the data as it is declared.
 * @throws ConfigurationError when the data cannot be read even so.
 */
export async function lookWithNames(
  source: SourceDeclaration,
  seen: (source: SourceDeclaration) => Promise<FirstLook>,
  logger: Pick<Logger, 'warn'>,
): Promise<{ readonly source: SourceDeclaration; readonly look: FirstLook }> {
  try {
    return { source, look: await seen(source) };
  } catch (error) {
    const settings = namingSettingsOf(error);
    if (settings === undefined || source.header !== undefined) throw error;
    const { columns, 'skip-rows': skipRows, header } = settings;
    const named = { ...source, 'skip-rows': skipRows, header };
    const look = await seen(named);
    const added = header.filter((_, i) => columns[i] === '');
    logger.warn(
      `${added.length === 1 ? 'a column has' : `${added.length} columns have`} no name in the file: ${listNames(added)} in ciclo.yml (data.source.header), where another name can be given`,
    );
    return { source: named, look };
  }
}
