package dev.peephole.check.data;

import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Source;
import java.util.Optional;

/**
 * How far a check looks into the data that plans name.
 *
 * @param folder where to look; absent if not at all
 * @param required whether it is an error if files are missing
 */
public record DataAccess(Optional<DataFolder> folder, boolean required) {

  /** Leaves the data alone. */
  public static DataAccess none() {
    return new DataAccess(Optional.empty(), false);
  }

  /** Looks into the files that are there. */
  public static DataAccess ifThere(DataFolder folder) {
    return new DataAccess(Optional.of(folder), false);
  }

  /** Wants all files to be there. */
  public static DataAccess required(DataFolder folder) {
    return new DataAccess(Optional.of(folder), true);
  }

  /** The folder, if this source is to be looked into. */
  public Optional<DataFolder> to(Source source) {
    return folder.filter(f -> required || source.files().stream().allMatch(f::has));
  }
}
