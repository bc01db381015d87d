//===- CacheOptions.h - where the cache is and how large it may grow ------===//

#ifndef BOOTORDER_TOOL_DRIVER_CACHEOPTIONS_H
#define BOOTORDER_TOOL_DRIVER_CACHEOPTIONS_H

#include "llvm/Support/Error.h"
#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace bootorder {

/// As the command line gives them; empty means not given.
struct CacheOptions {
  std::string Directory; ///< `--cache DIR`
  std::string Size;      ///< `--cache-size SIZE`
  bool IsOff = false;    ///< `--no-cache`
  bool WhyParsed = false;
  bool Recompute = false; ///< `--recompute`: facts are kept, answers are not
};

/// Options and environment together.
struct CachePlace {
  std::string Directory; ///< absolute; empty: no cache
  uint64_t MaxBytes = 0;
};

/// Of the options, then the environment (`BOOTORDER_CACHE`,
/// `BOOTORDER_CACHE_SIZE`), then `$XDG_CACHE_HOME/bootorder`, then
/// `~/.cache/bootorder`; 5 GB. Errors: a size that is none.
llvm::Expected<CachePlace> findCache(const CacheOptions &Options);

/// `5G`, `300M`, `64K` or a number of bytes; powers of 1024.
llvm::Expected<uint64_t> parseCacheSize(llvm::StringRef Text);

/// `1.2 GB`, `34 MB`, `5 KB`: as parseCacheSize() counts.
std::string cacheSizeText(uint64_t Bytes);

/// Adds `--cache` and `--cache-size`.
void addCachePlaceOptions(CLI::App &Command, CacheOptions &Options);

/// Adds these and `--no-cache`, `--recompute` and `--why-parsed`.
void addCacheOptions(CLI::App &Command, CacheOptions &Options);

} // namespace bootorder

#endif
