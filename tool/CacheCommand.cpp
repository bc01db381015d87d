/// \file
/// `bootorder cache`: how large the cache is, and making it smaller.

#include "tool/Commands.h"

#include "store/CacheFolder.h"
#include "support/Error.h"
#include "tool/driver/CacheOptions.h"
#include "tool/report/Report.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

namespace bootorder {

using CacheAction = void (*)(CacheFolder &Folder, const CachePlace &Place,
                             CommandResult &Result);

static void printUsage(CacheFolder &Folder, const CachePlace &Place,
                       CommandResult &) {
  static constexpr const char *Names[CacheKinds] = {
      "commands", "results of parsing", "whole trees", "digests of files",
      "answers"};
  std::vector<CacheUsage> Usage = Folder.usage();
  uint64_t Bytes = 0;
  for (const CacheUsage &U : Usage)
    Bytes += U.Bytes;
  llvm::outs() << Place.Directory << ": " << cacheSizeText(Bytes) << " of "
               << cacheSizeText(Place.MaxBytes) << "\n";
  for (unsigned Kind = 0; Kind != CacheKinds; ++Kind)
    llvm::outs() << "  " << Names[Kind] << ": "
                 << countText(Usage[Kind].Files, "file") << ", "
                 << cacheSizeText(Usage[Kind].Bytes) << "\n";
}

static void prune(CacheFolder &Folder, const CachePlace &Place,
                  CommandResult &) {
  llvm::outs() << "removed " << cacheSizeText(Folder.prune(Place.MaxBytes))
               << "\n";
}

static void clear(CacheFolder &Folder, const CachePlace &,
                  CommandResult &Result) {
  if (llvm::Error E = Folder.clear())
    Result.fail(ExitStatus::UsageError, std::move(E));
}

static void run(const CacheOptions &Options, CacheAction Action,
                CommandResult &Result) {
  llvm::Expected<CachePlace> Place = findCache(Options);
  if (!Place)
    return Result.fail(ExitStatus::UsageError, Place.takeError());
  if (Place->Directory.empty())
    return Result.fail(ExitStatus::UsageError,
                       makeError("no home folder to keep a cache in; name one "
                                 "with --cache or BOOTORDER_CACHE"));
  CacheFolder Folder(Place->Directory);
  Action(Folder, *Place, Result);
}

void registerCacheCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "cache", "Show, shrink or remove what is kept of earlier runs");
  Command.require_subcommand(/*min=*/1, /*max=*/1);
  auto Options = std::make_shared<CacheOptions>();
  addCachePlaceOptions(Command, *Options);
  auto Add = [&](const char *Name, const char *Help, CacheAction Action) {
    CLI::App &Verb = *Command.add_subcommand(Name, Help);
    Verb.fallthrough(); // `cache stat --cache DIR` reads as well
    Verb.callback(
        [Options, Action, &Result] { run(*Options, Action, Result); });
  };
  Add("stat", "Where the cache is and what it holds", printUsage);
  Add("prune", "Remove what was not used for longest, down to the size", prune);
  Add("clear", "Remove all of it", clear);
}

} // namespace bootorder
