#include "tidy/Diagnose.h"

#include "solve/FindingText.h"
#include "support/Paths.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace llvm;

namespace bootorder {

SourceLocation locate(const SourcePlace &Place, StringRef SourceRoot,
                      SourceManager &Sources) {
  if (Place.File.empty() || Place.Line == 0)
    return {};
  std::string Path = absolutePath(Place.File, SourceRoot);
  OptionalFileEntryRef File = Sources.getFileManager().getOptionalFileRef(Path);
  if (!File)
    return {};
  FileID Id = Sources.translateFile(*File);
  if (Id.isInvalid())
    Id = Sources.getOrCreateFileID(*File, SrcMgr::C_User);
  return Sources.translateLineCol(Id, Place.Line, std::max(Place.Column, 1u));
}

namespace {

/// Shows one finding.
class Writer {
public:
  Writer(const Finding &F, StringRef SourceRoot, SourceManager &Sources,
         tidy::ClangTidyCheck &Check)
      : F(F), SourceRoot(SourceRoot), Sources(Sources), Check(Check),
        Here(locate(F.Place, SourceRoot, Sources)) {
    if (Here.isInvalid())
      Here = Sources.getLocForStartOfFile(Sources.getMainFileID());
  }

  void write() {
    std::string Message = F.Message;
    if (F.Class == FindingClass::Masked)
      Message += ", hidden by a mask in memory";
    if (F.HasValue)
      Message += "; " + valueText(F.Value);
    Check.diag(Here, "%0") << Message;
    if (F.Path.empty())
      return; // about a comment
    note(F.Step.Place, orderText(F));
    for (const WitnessFrame &Frame : F.Path)
      addFrame(Frame);
    if (!F.Effect.empty())
      for (const WitnessFrame &Frame : F.EffectPath)
        addFrame(Frame);
    for (const GuardNote &Guard : F.Guards)
      note(Guard.Place,
           "guard: " + Guard.Condition + " " + Guard.Text +
               (Guard.Cause.Line == 0 ? ""
                                      : " (" + placeText(Guard.Cause) + ")"));
    note({}, "why it breaks: " + StringRef(F.Why).rtrim(".\n ").str() +
                 " (rule " + F.Rule + (F.Doc.empty() ? "" : ", " + F.Doc) +
                 ")");
  }

private:
  void addFrame(const WitnessFrame &Frame) {
    std::string Text = "'" + Frame.Function + "' " + actionText(Frame);
    std::string Evidence = evidenceText(Frame);
    if (!Evidence.empty())
      Text += " " + Evidence;
    note(Frame.Place, Text);
  }

  void note(const SourcePlace &Place, const std::string &Text) {
    SourceLocation Loc = locate(Place, SourceRoot, Sources);
    bool IsElsewhere = Loc.isInvalid() && !Place.File.empty();
    Check.diag(Loc.isValid() ? Loc : Here, "%0", DiagnosticIDs::Note)
        << (IsElsewhere ? placeText(Place) + ": " + Text : Text);
  }

  const Finding &F;
  StringRef SourceRoot;
  SourceManager &Sources;
  tidy::ClangTidyCheck &Check;
  SourceLocation Here;
};

} // namespace

void diagnose(const Finding &F, StringRef SourceRoot, SourceManager &Sources,
              tidy::ClangTidyCheck &Check) {
  Writer(F, SourceRoot, Sources, Check).write();
}

} // namespace bootorder
