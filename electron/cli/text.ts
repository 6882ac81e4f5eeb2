// Every sentence of the command line, Japanese first. Codes come from the judges; a code without a sentence is shown as it is
// (a newer judge may know more), and a test keeps that from happening with our own.

import type { Language } from './arguments.ts'

type Sentences = Readonly<Record<string, readonly [ja: string, en: string]>>

const bag: Sentences = {
  'algorithm-unknown': ['{path} のハッシュ方式 {algorithm} はここでは計算できません。', 'The checksum algorithm {algorithm} of {path} cannot be computed here.'],
  'algorithm-weak': ['{path} のハッシュ方式 {algorithm} は弱く、意図的な改変を防げません。', 'The checksum algorithm {algorithm} of {path} is weak and does not stop deliberate changes.'],
  'bag-info-line': ['bag-info.txt の {line} 行目が読めません。', 'Line {line} of bag-info.txt is malformed.'],
  'byte-order-mark': ['{path} の先頭に BOM があります。', '{path} begins with a byte-order mark.'],
  'checksum-differs': ['{path} の内容が {manifest} のハッシュ値と違います。', '{path} differs from its checksum in {manifest}.'],
  'data-missing': ['data フォルダーがありません。', 'There is no data folder.'],
  'declaration-malformed': ['bagit.txt が決められた2行ではありません。', 'bagit.txt is not the two lines it must be.'],
  'declaration-missing': ['bagit.txt がありません。', 'There is no bagit.txt.'],
  'declaration-spelling': ['bagit.txt の項目名の大文字小文字が規格と違います。', 'The labels of bagit.txt are spelt in another case than the standard.'],
  'encoding-not-utf8': ['管理用ファイルの文字コードは {encoding} です（UTF-8 が推奨です）。', 'The tag files are in {encoding} (UTF-8 is recommended).'],
  'encoding-unknown': ['{path} の文字コード {encoding} を読めません。', 'The encoding {encoding} of {path} is not known here.'],
  'encoding-wrong': ['{path} は宣言された文字コード {encoding} ではありません。', '{path} is not in the declared encoding {encoding}.'],
  'fetch-complete': ['fetch.txt に挙げられたファイルはすべてそろっています。', 'All files of fetch.txt are here.'],
  'fetch-line': ['fetch.txt の {line} 行目が読めません。', 'Line {line} of fetch.txt is malformed.'],
  'fetch-outside-data': ['fetch.txt が data の外の {path} を挙げています。', 'fetch.txt names {path}, which is outside data.'],
  'fetch-unlisted': ['fetch.txt の {path} がマニフェストにありません。', '{path} of fetch.txt is in no manifest.'],
  'file-missing': ['{path} がありません（{manifest} に記載）。', '{path} is missing (listed in {manifest}).'],
  'file-to-fetch': ['{path} はまだ取り寄せられていません（fetch.txt）。', '{path} has still to be fetched (fetch.txt).'],
  'file-too-large': ['{path} が大きすぎて調べられません。', '{path} is too large to be looked at.'],
  'file-unlisted': ['{path} が {manifest} に記載されていません。', '{path} is not listed in {manifest}.'],
  'file-unreadable': ['{path} を読めません。', '{path} cannot be read.'],
  'listed-twice': ['{manifest} が {path} を二重に挙げています。', '{manifest} lists {path} twice.'],
  'manifest-decoration': ['マニフェストの {path} には余分な記号があります。', '{path} is written with extra marks in its manifest.'],
  'manifest-line': ['{path} の {line} 行目が読めません。', 'Line {line} of {path} is malformed.'],
  'manifest-missing': ['ペイロードのマニフェストがありません。', 'There is no payload manifest.'],
  'manifest-outside-data': ['{manifest} が data の外の {path} を挙げています。', '{manifest} names {path}, which is outside data.'],
  'more-of-the-same': ['同じ種類（{kind}）がほかに {count} 件あります。', '{count} more of the same kind ({kind}).'],
  'name-normalised': ['{path} の名前は文字の合成のしかただけが記載と違います。', 'The name {path} differs from its listing by Unicode normalisation only.'],
  'name-not-unicode': ['{path} の名前が文字として読めません。', 'The name {path} is no Unicode text.'],
  'names-collide': ['{path} と {other} は別の機器では同じ名前になります。', '{path} and {other} are one name on some systems.'],
  'oxum-differs': ['Payload-Oxum（{stated}）が実際（{found}）と違います。', 'Payload-Oxum says {stated}, found {found}.'],
  'oxum-malformed': ['Payload-Oxum の値 {value} が読めません。', 'Payload-Oxum {value} is malformed.'],
  'oxum-repeated': ['Payload-Oxum が二つ以上あります。', 'Payload-Oxum is given more than once.'],
  'path-not-portable': ['{path} は機器によっては作れない名前です。', '{path} is a name that some systems cannot hold.'],
  'path-unsafe': ['{path} は袋の外を指しています。開きませんでした。', '{path} points outside the bag and was not opened.'],
  'special-file': ['{path} は通常のファイルではありません。', '{path} is not an ordinary file.'],
  symlink: ['{path} はシンボリックリンクです。たどりませんでした。', '{path} is a symbolic link and was not followed.'],
  'tag-file-too-large': ['{path} が大きすぎます。', '{path} is too large.'],
  'tagmanifest-lists-itself': ['{manifest} がタグマニフェスト {path} を挙げています。', '{manifest} lists the tag manifest {path}.'],
  'tagmanifest-lists-payload': ['{manifest} がペイロードの {path} を挙げています。', '{manifest} lists the payload file {path}.'],
  'tagmanifest-omits-manifest': ['{path} に {manifest} が記載されていません。', '{path} does not list {manifest}.'],
  'too-many-files': ['ファイルが多すぎます（{limit} を超えています）。', 'There are too many files (more than {limit}).'],
  'version-newer': ['BagIt {version} はこのプログラムより新しい形式です。', 'BagIt {version} is newer than this program.'],
  'version-older': ['BagIt {version} は古い形式です。1.0 の規則で調べました。', 'BagIt {version} is an older version; it was judged by the rules of 1.0.'],
}

const trail: Sentences = {
  'act-withheld': ['証跡に示すべき処理が隠されています（{lane} の {seq} 番、{type}）。', 'An act that must be shown is withheld ({lane}, number {seq}, {type}).'],
  'acts-count': ['証跡の処理の数がヘッダーと違います（{lane} の {seq} 番）。', 'The number of acts differs from the header ({lane}, number {seq}).'],
  'authority-behind': ['権限の記録が途中で欠けています（{lane} の {seq} 番）。', 'Part of the authority log is missing ({lane}, number {seq}).'],
  'authority-not-counted': ['権限の記録のうち認められないものがあります（{lane} の {seq} 番：{why}）。', 'Part of the authority log does not count ({lane}, number {seq}: {why}).'],
  'behind-cut': ['席が取り消された後に届いた処理で、効力を持ちません。', 'The act came after its seat was taken away and has no effect.'],
  'clock-order': ['時計の順序が正しくありません。', 'The clocks are out of order.'],
  'device-unknown': ['登録されていない端末です。', 'The device is not registered.'],
  'document-contested': ['文書{n}「{title}」には承認と相反する処理があります。人の確認が必要です。', 'Document {n} “{title}” has acts that contradict its approval; a person has to look.'],
  'document-file-differs': ['文書{n} の {path} が、証跡の示すファイルと違います。', '{path} of document {n} is not the file the trail names.'],
  'document-file-missing': ['文書{n} の {path} がありません。', '{path} of document {n} is missing.'],
  'document-left-out': ['証跡にある文書 {document} がこの書き出しにありません。', 'Document {document} of the trail is not in the package.'],
  'document-missing': ['文書に属さない処理です（{type}）。', 'The act belongs to no document ({type}).'],
  'document-not-proven': ['文書{n} は証跡で証明されていません。', 'Document {n} is not proven by the trail.'],
  'document-twice': ['文書{n} は同じ文書の二つ目です。', 'Document {n} is in the package twice.'],
  'document-undecided': ['文書{n}「{title}」は決裁が終わっていません。', 'Document {n} “{title}” is not decided.'],
  'event-differs': ['証跡の内容がヘッダーの示すものと違います（{lane} の {seq} 番、{type}）。', 'A shown event is not the one its header names ({lane}, number {seq}, {type}).'],
  'event-of-another-document': ['証跡に別の文書の内容が含まれています（{lane} の {seq} 番）。', 'The trail shows an event of another document ({lane}, number {seq}).'],
  'evidence-differs': ['示された端末の状態が、セッション証明書の示すものではありません（{session}）。', 'A state of a device that is shown is not the one its session certificate names ({session}).'],
  'frozen-not-prefix': ['文書{n} の署名済みPDFは、決裁されたPDFから始まっていません。', 'The signed PDF of document {n} does not begin with the PDF that was decided.'],
  'genesis-differs': ['証跡の起点がルート証明書の示すものと違います。', 'The trail begins elsewhere than the root certificate says.'],
  'genesis-missing': ['証跡の起点がありません。', 'The trail has no beginning.'],
  'header-malformed': ['証跡のヘッダーが読めません。', 'A header of the trail is malformed.'],
  'header-signature': ['ヘッダーの署名が正しくありません（{lane} の {seq} 番）。', 'The signature of a header is wrong ({lane}, number {seq}).'],
  'mark-without-approval': ['署名 {field} に対応する承認がありません。', 'There is no approval for the signature {field}.'],
  'approval-held': ['文書{n}「{title}」には、期限までにほかの席が受け取らなかったため保留の承認があります。効力には数えていません。', 'Document {n} “{title}” has an approval that is held because no other seat received it in time. It is not counted.'],
  'marks-missing': ['文書{n} には、PDFにまだ署名が載っていない承認が {count} 件あります（押印待ち）。', 'Document {n} has {count} approvals whose mark is not in the PDF yet.'],
  'not-admin': ['管理者でない人の処理です（{type}）。', 'The act needs an administrator ({type}).'],
  'account-unproven': ['サインインの証明がないアカウントを、自分のものとしています。', 'Claims an account without a sign-in that proves it.'],
  'proposal-withdrawn': ['取り下げられた提案への賛成です。', 'A voice for a proposal that was taken back.'],
  'epoch-older': ['席の取り消しを知りながら、古い鍵で書かれた記録です。', 'Written under an old key although a seat was known to be taken away.'],
  'not-alone': ['ほかにも管理者がいるのに、一人で決めた処理です。', 'Decided alone although there were other administrators.'],
  'not-founding': ['起点以外での設立処理です（{type}）。', 'A founding act in the wrong place ({type}).'],
  'package-declaration': ['bagit.txt が文箱の書き出しのものではありません。', 'bagit.txt is not that of a Fumibako package.'],
  'package-file-missing': ['{path} がありません。', '{path} is missing.'],
  'package-file-unexpected': ['{path} はこの書き出しにあるはずのないファイルです。', '{path} does not belong in this package.'],
  'package-format-unknown': ['書き出しの形式 {format} はこのプログラムの知らないものです。', 'The package format {format} is not known to this program.'],
  'package-tag-missing': ['{path} がありません。', '{path} is missing.'],
  'person-differs': ['処理した人が署名した人と違います（{type}）。', 'Who acted is not who signed ({type}).'],
  'sign-in-needed': ['この処理に求められるサインインがありません（{type}）。', 'The sign-in that the act needs is missing ({type}).'],
  'rules-old': ['町の決まりが新しいと、ほかの人がしばらく確かめていなかったときの処理です（{type}）。', 'Nobody else had said for too long that the rules were the newest ({type}).'],
  'not-all-read': ['同じ記録に、ここでは読めない文書についてのことも含まれ、確かめられません（{type}）。', 'The record is also about documents that cannot be read here, and cannot be checked ({type}).'],
  'policy-denies': ['その日の方針では認められない処理です（{type}）。', 'The policy of that day does not allow the act ({type}).'],
  'position-missing': ['職の記載がない処理です（{type}）。', 'The act names no position ({type}).'],
  'position-not-held': ['その日にその職に就いていない人の処理です（{type}）。', 'The person did not hold the position on that day ({type}).'],
  'position-not-on-step': ['段階「{step}」の職でない人の承認です。', 'The approval is not by the position of the step “{step}”.'],
  'audit-act-left-out': ['一覧が求めている記録（{type}、{at}）が、一覧にありません。', 'An act that the list asks for ({type}, {at}) is not in it.'],
  'audit-act-not-counted': ['一覧の {line} 行目の記録は、効力を認められません（{why}）。', 'The act of line {line} of the list does not count ({why}).'],
  'audit-filter-unknown': ['一覧の絞り込み {group} は、この版では確かめられません。', 'The filter {group} of the list cannot be checked here.'],
  'audit-line-differs': ['一覧の {line} 行目の {column} が、証跡と違います。', '{column} in line {line} of the list differs from the trail.'],
  'audit-line-not-proven': ['一覧の {line} 行目の記録が、証跡にありません。', 'The act of line {line} of the list is not in the trail.'],
  'audit-list-differs': ['一覧にある記録と、証跡が示す記録がそろっていません。', 'The list and what the trail lists are not the same acts.'],
  'audit-narrowed-by-words': ['言葉「{words}」で絞った一覧です。ほかに当てはまるものがないことは確かめられません。', 'The list was narrowed by the words “{words}”: that nothing else fits cannot be checked.'],
  'audit-pages-differ': ['署名された頁が、書き出しの記録にあるものと違います。', 'The signed pages are not those that the record of the export names.'],
  'audit-signer-differs': ['頁に署名した人が、書き出した人と違います。', 'The pages are not signed by whoever made the export.'],
  'audit-table-malformed': ['一覧表（audit.csv）か、その証跡が読めません。', 'The table (audit.csv) or its trail cannot be read.'],
  'audit-table-not-named': ['この一覧表を書き出したという記録が、証跡にありません。', 'The trail does not say that this table was exported.'],
  'reading-differs': ['{path} の記載が証跡と違います。', '{path} says something else than the trail.'],
  'revocation-list-wrong': ['data/trust/root.crl は、このルート証明書の失効リストではありません。', 'data/trust/root.crl is not a revocation list of this root.'],
  'number-malformed': ['文書番号の記録の形が正しくありません（{type}）。', 'The act about a number is malformed ({type}).'],
  'number-period': ['文書番号の年度が、その日のものではありません。', 'The number is not one of that day’s year.'],
  'series-unknown': ['その日の規程にない文書記号です（{type}）。', 'No such series of numbers was in force ({type}).'],
  'role-missing': ['その権限がない人の処理です（{type}）。', 'The person had no right to the act ({type}).'],
  'root-differs': ['同封のルート証明書が証跡のものと違います。', 'The enclosed root certificate is not the one of the trail.'],
  'root-malformed': ['data/trust/root.pem が読めません。', 'data/trust/root.pem is malformed.'],
  'root-not-trusted': ['この書き出しのルート証明書は、--trust で示されたものではありません。', 'The root certificate of this package is not the one given with --trust.'],
  'run-broken': ['証跡の並びが途切れているか、つながっていません（{lane} の {seq} 番）。', 'A run of the trail is broken ({lane}, number {seq}).'],
  'recovery-waits': ['復旧した席が、待ち時間の過ぎる前に行った処理です。', 'A recovered seat acted before its time was up.'],
  'seat-not-certified': ['ルート証明書が認めていない席の処理です。', 'The seat is not certified by the root.'],
  'seat-removed': ['取り消された席の処理です。', 'The seat had been removed.'],
  'seat-unknown': ['登録されていない席の処理です。', 'The seat is not registered.'],
  'session-lane': ['セッション証明書が別の席のものです。', 'The session certificate is of another seat.'],
  'session-malformed': ['セッション証明書が読めません。', 'A session certificate is malformed.'],
  'session-missing': ['セッション証明書がありません（{lane} の {seq} 番）。', 'A session certificate is missing ({lane}, number {seq}).'],
  'session-signature': ['セッション証明書の署名が正しくありません。', 'The signatures of a session certificate are wrong.'],
  'session-window': ['セッション証明書の有効時間の外での処理です。', 'The act is outside the time of its session.'],
  'signatures-and-acts-differ': ['文書{n} のPDFの署名は {signatures} 個ですが、証跡では {acts} 個です。', 'The PDF of document {n} has {signatures} signatures, the trail has {acts}.'],
  'signer-is-not-the-actor': ['署名 {field} の証明書が、処理した人の席のものではありません。', 'The certificate of {field} is not that of the seat that acted.'],
  'step-unknown': ['経路にない段階（{step}）の処理です。', 'The act is on a step that is not on the route ({step}).'],
  'trail-malformed': ['data/trail.cbor が読めません。', 'data/trail.cbor is malformed.'],
}

const pdf: Sentences = {
  'algorithm-not-supported': ['署名の方式を確かめられません。', 'The algorithm of the signature is not supported.'],
  'bytes-changed': ['署名の後に内容が変えられています。', 'The content was changed after it was signed.'],
  'bytes-unexplained': ['署名の後に説明のつかないデータが加えられています。', 'Unexplained bytes were added after a signature.'],
  'certificate-expired-since': ['証明書の有効期間が過ぎています。署名の時刻は第三者に証明されていません。', 'The certificate has expired since, and the time of signing is not attested.'],
  'certificate-not-on-path': ['署名に無関係な証明書が含まれています。', 'The signature carries a certificate that is not on its path.'],
  'changed-after-last-signature': ['最後の署名がファイルの終わりまでを覆っていません。', 'The last signature does not cover the whole file.'],
  'claimed-in-the-future': ['署名の時刻が未来です。', 'The claimed time of signing is in the future.'],
  'claimed-outside-validity': ['署名の時刻が証明書の有効期間の外です。', 'The claimed time of signing is outside the validity of the certificate.'],
  'extension-not-understood': ['証明書に理解できない必須の項目があります。', 'The certificate has a critical extension that is not understood.'],
  'history-rewritten': ['署名の後に過去の版が書き換えられています。', 'Earlier revisions were rewritten after a signature.'],
  'issuer-is-no-authority': ['証明書の発行者に発行の資格がありません。', 'The issuer of the certificate may not issue.'],
  'key-not-for-signatures': ['証明書の鍵は署名用ではありません。', 'The key of the certificate is not for signatures.'],
  'no-claimed-time': ['署名に時刻がありません。', 'The signature has no time.'],
  'no-root-given': ['信頼するルート証明書（--trust）が示されていないため、だれのものかは確かめられません。', 'No root certificate was given (--trust), so whose it is cannot be established.'],
  'no-signatures': ['PDFに署名がありません。', 'The PDF has no signature.'],
  'object-added': ['署名の後に認められない追加があります。', 'Something was added after a signature that may not be.'],
  'object-changed': ['署名の後に認められない変更があります。', 'Something was changed after a signature that may not be.'],
  'object-in-stream': ['署名の後の追記の形式が認められないものです。', 'What was appended after a signature is in a form that is not allowed.'],
  'object-removed': ['署名の後に取り除かれたものがあります。', 'Something was removed after a signature.'],
  'objects-overlap': ['PDFの中の物が重なり合っています。', 'Objects of the PDF overlap.'],
  'pdf-unreadable': ['PDFとして読めません。', 'The file cannot be read as a PDF.'],
  'reference-redirected': ['署名の後に参照先が付け替えられています。', 'A reference was redirected after a signature.'],
  'revision-unreadable': ['署名された版を読めません。', 'A signed revision cannot be read.'],
  'revocation-not-checked': ['失効の有無は確かめていません。', 'Revocation was not checked.'],
  revoked: ['署名の時に証明書は失効していました。', 'The certificate was revoked when it signed.'],
  'revoked-later': ['証明書は後に失効しています。署名の時刻は第三者に証明されていません。', 'The certificate was revoked later, and the time of signing is not attested.'],
  'signature-covers-no-revision': ['署名の範囲がファイルの版と合いません。', 'The signature covers no revision of the file.'],
  'signature-unreadable': ['署名が読めません。', 'The signature cannot be read.'],
  'signature-wrong': ['署名が正しくありません。', 'The signature is wrong.'],
  'signer-certificate-exchanged': ['署名者の証明書が取り替えられています。', 'The certificate of the signer was exchanged.'],
  'signer-certificate-missing': ['署名者の証明書がありません。', 'The certificate of the signer is missing.'],
  'signer-not-under-root': ['署名者の証明書は、信頼するルート証明書につながりません。', 'The certificate of the signer does not lead to a trusted root.'],
  'signing-certificate-not-bound': ['署名が証明書に結び付けられていません。', 'The signature is not bound to its certificate.'],
  'time-not-attested': ['署名の時刻は署名者の時計によるもので、第三者に証明されていません（時刻未認証）。', 'The time of signing is the signer’s own and not attested.'],
  'trailer-changed': ['署名の後にPDFの終わりの部分が変えられています。', 'The trailer was changed after a signature.'],
}

const notices: Sentences = {
  'fixity-only': ['署名も証跡もない袋です。ファイルがそろい、変わっていないことだけを確かめました（{files} 件、{octets} バイト）。だれが作ったかは分かりません。', 'A bag without signatures or trail: only completeness and fixity were checked ({files} files, {octets} bytes), not who made it.'],
  'no-trust-given': ['信頼するルート証明書（--trust）が示されていないため、だれのものかは確かめられません。', 'No root certificate was given (--trust), so whose it is cannot be established.'],
  'nothing-signed': ['信頼を確かめる署名も証跡も含まれていません。', 'There is no signature or trail whose trust could be established.'],
  'audit-proven': ['一覧の {rows} 行が、示されたルート証明書まで確かめられました。このうち中身を示さない {hidden} 行は、職と効力を除きます。', '{rows} lines of the list are proven up to the given root; of {hidden} that are not opened, all but the position and whether they count.'],
  'package-proven': ['文書 {documents} 件の処理 {decisions} 件と署名 {signatures} 個が、示されたルート証明書まで確かめられました。', '{documents} documents with {decisions} acts and {signatures} signatures are proven up to the given root.'],
  'device-state-sealed': ['この町は、決裁などの前に端末の状態を求めています。その証拠のうち示されていないものは町の中だけで開けるように封じてあり、ここでは確かめていません。', 'This town asks for the state of devices before acts. What is not shown of it is sealed for the town and was not judged here.'],
  'sign-in-sealed': ['この町は、決裁などの前にサインインを求めています。サインインの証拠にはその人のアカウントが書かれているため、町の中だけで開けるように封じてあり、ここでは確かめていません。', 'This town asks for a sign-in before acts. What proves it names accounts of people, is sealed for the town and was not judged here.'],
  practice: ['練習：練習用の書き出しです。公文書ではありません。', 'Practice: this package is from a practice workspace and is no official record.'],
  'readings-not-proven': ['index.html と register.csv は閲覧用で、証明の対象ではありません。', 'index.html and register.csv are for reading and are not proven.'],
  'revocation-list-renewed': ['同封の失効リストは、証跡にあるものより後のものです。', 'The enclosed revocation list is not the one of the trail.'],
}

const use: Sentences = {
  'defect': ['プログラムの誤りで調べられませんでした（{name}）。', 'A defect of the program stopped the verification ({name}).'],
  'language-unknown': ['--lang は ja か en です（{language} は使えません）。', '--lang is ja or en, not {language}.'],
  'not-verifiable': ['{path} は、フォルダーでも PDF でもありません。', '{path} is neither a folder nor a PDF.'],
  'option-unknown': ['{option} という指定はありません。', 'There is no option {option}.'],
  'option-without-value': ['{option} の値がありません。', '{option} needs a value.'],
  'path-missing': ['{path} がありません。', '{path} does not exist.'],
  'path-not-given': ['調べるフォルダーか PDF を指定してください。', 'Name a folder or a PDF to verify.'],
  'path-unreadable': ['{path} を読めません。', '{path} cannot be read.'],
  'too-many-paths': ['一度に調べられるのは一つです（{path} が余分です）。', 'Only one thing at a time can be verified ({path} is too much).'],
  'trust-unreadable': ['{path} からルート証明書（PEM）を読めません。', 'No root certificate (PEM) can be read from {path}.'],
  'verb-unknown': ['「{verb}」という命令はありません。verify を使ってください。', 'There is no command “{verb}”; use verify.'],
}

export const sentences: Sentences = { ...bag, ...trail, ...pdf, ...notices, ...use }

export const words = {
  outcome: { pass: ['合格', 'PASS'], fail: ['不合格', 'FAIL'], unknown: ['判定できません', 'UNKNOWN'], error: ['調べられません', 'ERROR'] },
  kind: {
    package: ['文箱の書き出し', 'Fumibako package'],
    audit: ['監査証跡の書き出し', 'Fumibako audit'],
    bag: ['BagIt の袋（RFC 8493）', 'BagIt bag (RFC 8493)'],
    pdf: ['署名済みPDF', 'signed PDF'],
    none: ['', ''],
  },
  act: { submit: ['回付', 'submitted'], approve: ['承認', 'approved'], confirm: ['承認の確認', 'confirmed the approval'], return: ['差戻し', 'returned'], refuse: ['否決', 'refused'], withdraw: ['取下げ', 'withdrawn'] },
  heading: { reasons: ['理由', 'Reasons'], signatures: ['署名', 'Signatures'], decisions: ['処理', 'Acts'], notices: ['お知らせ', 'Notices'], document: ['文書', 'document '], unnamed: ['署名者不明', 'unknown signer'] },
} as const

export const help: Readonly<Record<Language, string>> = {
  ja: `使い方: fumibako verify PATH [--trust root.pem] [--json] [--lang ja|en]

PATH は次のどれかです。
  文箱の書き出し（フォルダー）    署名、証跡、ファイルの欠けと変化を調べます
  BagIt 1.0 の袋（フォルダー）    ファイルの欠けと変化を調べます
  署名済みPDF（ファイル）         署名を調べます

--trust  団体から別の経路で受け取ったルート証明書（PEM）。ないときは、書き出しと署名済みPDFの結果は「判定できません」です。
--json   結果を JSON で出します。
終了コード: 0 合格、1 不合格、2 使い方の誤りか読めない、3 判定できない
`,
  en: `Use: fumibako verify PATH [--trust root.pem] [--json] [--lang ja|en]

PATH is one of
  a Fumibako package (folder)   signatures, trail, missing and changed files
  a BagIt 1.0 bag (folder)      missing and changed files
  a signed PDF (file)           signatures

--trust  the root certificate (PEM) that the body gave you by another way. Without it packages and signed PDFs are unknown.
--json   the result as JSON
Exit: 0 pass, 1 fail, 2 wrong use or unreadable, 3 unknown
`,
}

/** The sentence of a code with its facts filled in; the code itself when there is none. */
export function sentenceOf(code: string, facts: Readonly<Record<string, string | number>>, language: Language): string {
  const template = Object.hasOwn(sentences, code) ? sentences[code]?.[language === 'ja' ? 0 : 1] : undefined
  return (template ?? code).replace(/\{([a-z]+)\}/gi, (_, name: string) => (Object.hasOwn(facts, name) ? String(facts[name]) : ''))
}
