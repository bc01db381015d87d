#include "tool/driver/CacheOptions.h"

#include "support/Error.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using namespace llvm;

namespace bootorder {

static constexpr uint64_t Kilo = 1024, Mega = Kilo * 1024, Giga = Mega * 1024;
static constexpr uint64_t DefaultSize = 5 * Giga;

/// The value of an environment variable; empty if it is not set.
static std::string fromEnvironment(StringRef Name) {
  return sys::Process::GetEnv(Name).value_or("");
}

static std::string absolute(StringRef Path) {
  SmallString<128> Result(Path);
  sys::fs::make_absolute(Result);
  return Result.str().str();
}

static std::string findDirectory(const CacheOptions &Options) {
  if (!Options.Directory.empty())
    return absolute(Options.Directory);
  if (std::string Given = fromEnvironment("BOOTORDER_CACHE"); !Given.empty())
    return absolute(Given);
  SmallString<128> Folder(fromEnvironment("XDG_CACHE_HOME"));
  if (Folder.empty()) {
    if (!sys::path::home_directory(Folder))
      return "";
    sys::path::append(Folder, ".cache");
  }
  sys::path::append(Folder, "bootorder");
  return absolute(Folder);
}

Expected<uint64_t> parseCacheSize(StringRef Text) {
  StringRef Digits = Text;
  Digits.consume_back_insensitive("B");
  uint64_t Unit = Digits.consume_back_insensitive("G")   ? Giga
                  : Digits.consume_back_insensitive("M") ? Mega
                  : Digits.consume_back_insensitive("K") ? Kilo
                                                         : 1;
  uint64_t Number;
  if (Digits.getAsInteger(10, Number) || Number > UINT64_MAX / Unit)
    return makeError("'" + Text +
                     "' is no size of a cache; write a number with K, M or G "
                     "behind it, such as 5G");
  return Number * Unit;
}

std::string cacheSizeText(uint64_t Bytes) {
  std::string Text;
  raw_string_ostream OS(Text);
  if (Bytes >= Giga)
    OS << format("%.1f GB", double(Bytes) / Giga);
  else if (Bytes >= Mega)
    OS << Bytes / Mega << " MB";
  else
    OS << (Bytes + Kilo - 1) / Kilo << " KB";
  return Text;
}

Expected<CachePlace> findCache(const CacheOptions &Options) {
  CachePlace Place;
  if (Options.IsOff)
    return Place;
  std::string Size = Options.Size;
  if (Size.empty())
    Size = fromEnvironment("BOOTORDER_CACHE_SIZE");
  Place.MaxBytes = DefaultSize;
  if (!Size.empty()) {
    Expected<uint64_t> Given = parseCacheSize(Size);
    if (!Given)
      return Given.takeError();
    Place.MaxBytes = *Given;
  }
  Place.Directory = findDirectory(Options);
  return Place;
}

} // namespace bootorder
