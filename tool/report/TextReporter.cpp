#include "tool/report/TextReporter.h"

#include "solve/Group.h"
#include "tool/report/SourceLines.h"
#include "tool/report/WitnessText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace bootorder {

static raw_ostream::Colors colorOf(SeverityKind Severity) {
  switch (Severity) {
  case SeverityKind::Error:
    return raw_ostream::RED;
  case SeverityKind::Warning:
    return raw_ostream::MAGENTA;
  case SeverityKind::Note:
    return raw_ostream::CYAN;
  }
  llvm_unreachable("not a severity");
}

static void printBold(raw_ostream &OS, const Twine &Text) {
  WithColor(OS, raw_ostream::SAVEDCOLOR, /*Bold=*/true) << Text;
}

/// `file:line:column`, as compilers write it and editors understand it.
static std::string editorPlace(const SourcePlace &Place) {
  std::string Where = placeText(Place);
  return Place.Column == 0 ? Where : Where + ":" + utostr(Place.Column);
}

static void printHeadline(raw_ostream &OS, const Finding &F) {
  printBold(OS, editorPlace(F.Place) + ": ");
  // What a mask hides is no error; it is shown to whoever asks for it.
  SeverityKind Shown = isShown(F) ? F.Severity : SeverityKind::Note;
  WithColor(OS, colorOf(Shown), /*Bold=*/true) << nameOf(Shown) << ": ";
  printBold(OS, F.Message);
  OS << " [bootorder-" << F.Rule << "]\n";
}

/// Carets under the sink, waves under the value if it stands on the line.
static std::string caretLine(StringRef Line, const Finding &F) {
  size_t Start = F.Place.Column - 1,
         Length = identifierLength(Line, F.Place.Column);
  std::string Marks;
  for (char C : Line.take_front(Start))
    Marks += C == '\t' ? '\t' : ' ';
  Marks += "^" + std::string(Length - 1, '~');
  if (!F.HasValue)
    return Marks;
  size_t At = Line.find(F.Value.Text, Start + Length);
  if (!F.Value.Text.empty() && At != StringRef::npos) {
    Marks.append(At - Marks.size(), ' ');
    Marks.append(F.Value.Text.size(), '~');
  }
  return Marks;
}

/// The source line with its marks, and what the value is.
static void printSource(raw_ostream &OS, const Finding &F, SourceLines &Lines) {
  std::optional<StringRef> Line = Lines.line(F.Place);
  bool CanPoint = Line && F.Place.Column != 0 && F.Place.Column <= Line->size();
  if (Line)
    OS << formatv("{0,5} | ", F.Place.Line) << *Line << "\n";
  if (CanPoint) {
    OS << "      | ";
    WithColor(OS, raw_ostream::GREEN, /*Bold=*/true) << caretLine(*Line, F);
    if (F.HasValue)
      OS << " " << valueText(F.Value);
    OS << "\n";
    return;
  }
  if (F.HasValue)
    OS << "  value: " << valueText(F.Value) << "\n";
}

static void printReason(raw_ostream &OS, const Finding &F) {
  if (F.Why.empty())
    return;
  OS << "  why it breaks: " << StringRef(F.Why).rtrim(".\n ") << " (rule "
     << F.Rule;
  if (!F.Doc.empty())
    OS << ", " << F.Doc;
  OS << ")\n";
}

/// The chains from the other roots; F.Path was printed already.
static void printRoots(raw_ostream &OS, const Finding &F,
                       const TextOptions &Options) {
  OS << "  roots that reach this line: " << join(F.Roots, ", ") << "\n";
  for (const RootWitness &Witness : F.RootPaths) {
    OS << "  from '" << Witness.Root << "'\n";
    printWitness(OS, Witness.Path, Options.MaxPath, /*Indent=*/4);
  }
}

/// Places that the decision leads to besides the one shown.
static void printOthers(raw_ostream &OS, const Finding &F,
                        const TextOptions &Options) {
  if (F.Others.empty())
    return;
  Decision D = decisionOf(F);
  const WitnessFrame &Frame = F.Path[D.Frame];
  OS << "  the same "
     << (D.IsTableEntry ? "entry, " + Frame.Callee
                        : "call, at " + placeText(Frame.Place))
     << ", leads to " << countText(F.Others.size(), "more place");
  if (!Options.AllPlaces) {
    OS << ", --all-places lists " << (F.Others.size() == 1 ? "it" : "them")
       << "\n";
    return;
  }
  OS << "\n";
  for (const OtherPlace &Other : F.Others)
    OS << "    " << placeText(Other.Place) << "  " << Other.Function
       << "  calls " << Other.Sink << "\n";
}

/// How the sink comes to what makes it matter.
static void printEffect(raw_ostream &OS, const Finding &F,
                        const TextOptions &Options) {
  if (F.Effect.empty())
    return;
  OS << "  what makes it matter: "
     << (F.EffectMeans.empty() ? F.Effect
                               : F.EffectMeans + " (" + F.Effect + ")")
     << (F.Class == FindingClass::Masked ? ", without the mask" : "") << "\n";
  printWitness(OS, F.EffectPath, Options.MaxPath, /*Indent=*/4);
}

/// Why the tests on the way do not help.
static void printGuards(raw_ostream &OS, const Finding &F) {
  for (const GuardNote &Note : F.Guards) {
    OS << "  guard: '" << Note.Condition << "' in '" << Note.Function << "' ("
       << placeText(Note.Place) << ") " << Note.Text;
    if (Note.Cause.Line != 0)
      OS << " (" << placeText(Note.Cause) << ")";
    OS << "\n";
  }
}

/// What keeps a finding from being wrong.
static void printClass(raw_ostream &OS, const Finding &F) {
  if (F.Class == FindingClass::Masked)
    OS << "  masked: a mask in memory takes the flag away at this step; "
          "without "
          "it this would be wrong\n";
  if (F.Class == FindingClass::Latent)
    OS << "  latent: harmless only because of what has run by then; with what "
          "memory holds "
       << (F.NeedsAfter ? "just before milestone " + F.NeedsMilestone
                        : std::string("later"))
       << " it would be wrong\n";
}

static void printFailure(raw_ostream &OS, const FailureNote &Failure) {
  if (!Failure.Call.empty())
    OS << "  only after a failed allocation: '" << Failure.Call
       << "' has returned NULL in '" << Failure.Function << "' ("
       << placeText(Failure.Place) << ")\n";
}

static void printConfidence(raw_ostream &OS, const Finding &F,
                            const TextOptions &Options) {
  OS << "  confidence: " << nameOf(F.Confidence);
  if (!F.ConfidenceReason.empty())
    OS << " (" << F.ConfidenceReason << ")";
  size_t Others = F.Roots.size() > 1 ? F.Roots.size() - 1 : 0;
  if (Others == 0) {
    OS << "\n";
    return;
  }
  if (!Options.AllRoots) {
    OS << "; " << countText(Others, "other root")
       << (Others == 1 ? " reaches" : " reach")
       << " this line, --all-roots lists them\n";
    return;
  }
  OS << "\n";
  printRoots(OS, F, Options);
}

/// What people have said of it.
static void printStanding(raw_ostream &OS, const Standing &S) {
  switch (S.Kind) {
  case StandingKind::New:
    if (!S.Reason.empty())
      OS << "  new: " << S.Reason << " (" << placeText(S.Where) << ")\n";
    break;
  case StandingKind::Baselined:
    OS << "  in the baseline: " << S.Reason << " (" << S.Owner << ", "
       << placeText(S.Where) << ")\n";
    break;
  case StandingKind::Elsewhere:
    OS << "  not under the gate: the baseline names other directories\n";
    break;
  case StandingKind::Suppressed:
  case StandingKind::Untouched:
    break;
  }
}

static void printFinding(raw_ostream &OS, const Report &R, const Finding &F,
                         SourceLines &Lines, const TextOptions &Options) {
  printHeadline(OS, F);
  printStanding(OS, R.standingOf(F));
  printSource(OS, F, Lines);
  // One about a suppression is about no run of code.
  if (!F.Path.empty()) {
    OS << "  " << orderText(F) << "\n";
    printWitness(OS, F.Path, Options.MaxPath, /*Indent=*/4);
    printOthers(OS, F, Options);
    printEffect(OS, F, Options);
    printGuards(OS, F);
    printFailure(OS, F.Failure);
    printReason(OS, F);
    printClass(OS, F);
    printConfidence(OS, F, Options);
  }
  OS << "\n";
}

static bool isPrinted(const Report &R, const Finding &F,
                      const TextOptions &Options) {
  if (!isShown(F))
    return Options.Also.has(F);
  return isReported(R, F) &&
         (Options.WithAccepted || R.standingOf(F).Kind == StandingKind::New);
}

void printFindings(raw_ostream &OS, const Report &R,
                   const TextOptions &Options) {
  SourceLines Lines(R.SourceRoot);
  for (const Finding &F : R.Result.Findings)
    if (isPrinted(R, F, Options))
      printFinding(OS, R, F, Lines, Options);
}

void printText(raw_ostream &OS, const Report &R, const TextOptions &Options) {
  printFindings(OS, R, Options);
  for (const GateRemark &Remark : R.Remarks) {
    printBold(OS, editorPlace(Remark.Where) + ": ");
    WithColor(OS, colorOf(SeverityKind::Warning), /*Bold=*/true) << "warning: ";
    OS << Remark.Message << "\n";
  }
  if (!R.Remarks.empty())
    OS << "\n";
  printLedger(OS, R);
}

} // namespace bootorder
