#include "tool/driver/TreePaths.h"

#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

TreePaths::TreePaths(StringRef SourceRoot, StringRef ObjectRoot)
    : Source(SourceRoot.rtrim('/')), Object(ObjectRoot.rtrim('/')) {}

static bool stripRoot(StringRef &Path, StringRef Root) {
  StringRef Rest = Path;
  if (Root.empty() || !Rest.consume_front(Root) || !Rest.consume_front("/"))
    return false;
  Path = Rest;
  return true;
}

std::pair<PathRoot, StringRef> TreePaths::split(StringRef Path) const {
  bool IsObjectInner = Object.size() > Source.size();
  if (IsObjectInner && stripRoot(Path, Object))
    return {PathRoot::Object, Path};
  if (stripRoot(Path, Source))
    return {PathRoot::Source, Path};
  if (stripRoot(Path, Object))
    return {PathRoot::Object, Path};
  return {PathRoot::Outside, Path};
}

std::string TreePaths::join(PathRoot Root, StringRef Path) const {
  switch (Root) {
  case PathRoot::Outside:
    return Path.str();
  case PathRoot::Source:
    return Source + "/" + Path.str();
  case PathRoot::Object:
    return Object + "/" + Path.str();
  }
  llvm_unreachable("all roots are above");
}

/// Whether \p Root stands at \p At in \p Text as a whole path or the start of
/// one.
static bool standsAt(StringRef Text, size_t At, StringRef Root) {
  StringRef Rest = Text.drop_front(At);
  if (Root.empty() || !Rest.consume_front(Root))
    return false;
  return Rest.empty() || !(isAlnum(Rest.front()) || Rest.front() == '_' ||
                           Rest.front() == '-' || Rest.front() == '.');
}

std::string TreePaths::relocatable(StringRef Text) const {
  std::string Result;
  StringRef Outer = Source, Inner = Object;
  if (Outer.size() > Inner.size())
    std::swap(Outer, Inner);
  for (size_t At = 0; At < Text.size();) {
    size_t Slash = std::min(Text.find('/', At), Text.size());
    Result += Text.slice(At, Slash);
    At = Slash;
    bool IsInner = standsAt(Text, At, Inner);
    if (!IsInner && !standsAt(Text, At, Outer)) {
      Result += Text.slice(At, At + 1);
      ++At;
      continue;
    }
    StringRef Root = IsInner ? Inner : Outer;
    // No argument holds a NUL, so nothing else reads like this.
    Result += StringRef("\0", 1);
    Result += Root == StringRef(Source) ? 'S' : 'O';
    At += Root.size();
  }
  return Result;
}

/// Facts keep as much of a string literal.
static constexpr size_t CutLength = 64;

bool TreePaths::isNamedIn(StringRef Text) const {
  return any_of(ArrayRef<StringRef>{Source, Object}, [&](StringRef Root) {
    return !Root.empty() && (Text.contains(Root) || (Text.size() >= CutLength &&
                                                     Root.starts_with(Text)));
  });
}

std::string TreePaths::relation(ArrayRef<std::string> Arguments) const {
  if (Source == Object)
    return "same";
  if (isInside(Object, Source))
    return "object in source: " + treeRelativePath(Object, Source);
  if (isInside(Source, Object))
    return "source in object: " + treeRelativePath(Source, Object);
  // Apart, only a path upward leads from one to the other.
  bool LeadsUp = any_of(Arguments, [&](StringRef Argument) {
    return Argument.contains("..") && !isNamedIn(Argument);
  });
  return LeadsUp ? "apart: " + Source + " " + Object : "apart";
}

Digest TreePaths::digest() const {
  return DigestBuilder().add(Source).add(Object).take();
}

bool namesRoot(const FactsModule &Module, const TreePaths &Paths) {
  return any_of(Module.Strings,
                [&](StringRef S) { return Paths.isNamedIn(S); });
}

bool namesRoot(const TuFacts &Unit, const TreePaths &Paths) {
  return namesRoot(Unit.Module, Paths) ||
         any_of(Unit.Notes, [&](const ParseNote &N) {
           return Paths.isNamedIn(N.File) || Paths.isNamedIn(N.Message);
         });
}

} // namespace bootorder
