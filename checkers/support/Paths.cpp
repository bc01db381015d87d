#include "support/Paths.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

static SmallString<256> withoutDots(StringRef Path) {
  SmallString<256> Result(Path);
  sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return Result;
}

/// What follows \p Root in \p Path; both without dots. False if outside.
static bool stripRoot(StringRef &Path, StringRef Root) {
  Root = Root.rtrim('/');
  if (!Path.consume_front(Root))
    return false;
  if (!Path.empty() && Path.front() != '/')
    return false;
  Path = Path.ltrim('/');
  return true;
}

std::string absolutePath(StringRef Path, StringRef Directory) {
  SmallString<256> Result;
  if (!sys::path::is_absolute(Path))
    Result = Directory;
  sys::path::append(Result, Path);
  return withoutDots(Result).str().str();
}

std::string treeRelativePath(StringRef Path, StringRef Root) {
  SmallString<256> Clean = withoutDots(Path);
  StringRef Rest = Clean;
  return stripRoot(Rest, withoutDots(Root)) ? Rest.str() : Clean.str().str();
}

bool isInside(StringRef Path, StringRef Root) {
  SmallString<256> Clean = withoutDots(Path);
  StringRef Rest = Clean;
  return stripRoot(Rest, withoutDots(Root));
}

} // namespace bootorder
