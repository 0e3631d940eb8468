; @name@ for one user: no administrator is asked. Filled in by windows.py.
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh

Name "@name@"
OutFile "@installer@"
InstallDir "$LOCALAPPDATA\Programs\@id@"
BrandingText "@name@ @version@"
VIProductVersion "@version@.0"
VIAddVersionKey ProductName "@name@"
VIAddVersionKey FileDescription "@name@"
VIAddVersionKey FileVersion "@version@"
VIAddVersionKey ProductVersion "@version@"
VIAddVersionKey LegalCopyright "@licence@"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\@id@"
!define MUI_ICON "@icon@"
!define MUI_UNICON "@icon@"
!define MUI_FINISHPAGE_RUN "$INSTDIR\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-I -m facea_desktop"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "@licence_file@"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString Running ${LANG_ENGLISH} "@name@ is open. Close it, then click OK."
LangString Running ${LANG_GERMAN} "@name@ ist noch offen. Schließen Sie es und klicken Sie dann auf OK."
LangString Keep ${LANG_ENGLISH} "Delete all people and portraits too?$\r$\n$\r$\nThey are in $LOCALAPPDATA\@id@. No keeps them."
LangString Keep ${LANG_GERMAN} "Auch alle Personen und Porträts löschen?$\r$\n$\r$\nSie liegen in $LOCALAPPDATA\@id@. Bei Nein bleiben sie."

; A program that runs holds its files: ask until it is closed. A file that is gone or can be opened is not held.
!macro WAIT_UNTIL_CLOSED
  check:
  IfFileExists "$INSTDIR\pythonw.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\pythonw.exe" a
  IfErrors 0 opened
  MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "$(Running)" /SD IDCANCEL IDOK check
  Abort
  opened:
  FileClose $0
  closed:
!macroend

Section
  !insertmacro WAIT_UNTIL_CLOSED
  RMDir /r "$INSTDIR" ; an older version's files; people and portraits lie elsewhere
  SetOutPath "$INSTDIR"
  File /r "@tree@\*.*"
  File "/oname=@id@.ico" "@icon@"
  FileOpen $0 "$INSTDIR\@id@.cmd" w
  FileWrite $0 '@"%~dp0python.exe" -I -m facea_desktop %*$\r$\n'
  FileClose $0
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetOutPath "$PROFILE" ; the folder that the shortcut starts in
  CreateShortcut "$SMPROGRAMS\@name@.lnk" "$INSTDIR\pythonw.exe" "-I -m facea_desktop" "$INSTDIR\@id@.ico"

  WriteRegStr HKCU "Software\Classes\.@own_ending@" "" "@id@.person"
  WriteRegStr HKCU "Software\Classes\.@own_ending@" "Content Type" "@own_mime@"
  WriteRegStr HKCU "Software\Classes\@id@.person" "" "@own_name@"
  WriteRegStr HKCU "Software\Classes\@id@.person\DefaultIcon" "" "$INSTDIR\@id@.ico"
  WriteRegStr HKCU "Software\Classes\@id@.person\shell\open" "FriendlyAppName" "@name@"
  WriteRegStr HKCU "Software\Classes\@id@.person\shell\open\command" "" \
    '"$INSTDIR\pythonw.exe" -I -m facea_desktop open "%1"'
@shared_endings@

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "@name@"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "@version@"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\@id@.ico"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "@publisher@"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" @size@
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section Uninstall
  !insertmacro WAIT_UNTIL_CLOSED
  Delete "$SMPROGRAMS\@name@.lnk"
  RMDir /r "$INSTDIR"
  DeleteRegKey HKCU "Software\Classes\.@own_ending@"
  DeleteRegKey HKCU "Software\Classes\@id@.person"
@shared_endings_gone@
  DeleteRegKey HKCU "${UNINSTALL}"
  ${RefreshShellIcons}
  IfFileExists "$LOCALAPPDATA\@id@\*.*" 0 kept
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(Keep)" /SD IDNO IDNO kept
  RMDir /r "$LOCALAPPDATA\@id@"
  kept:
SectionEnd
