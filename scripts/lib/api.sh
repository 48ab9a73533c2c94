# shellcheck shell=bash
# Calls the REST API with curl and jq. Needs common.sh; api_open says where and who.

# api_open URL CERTIFICATE COOKIE_FILE: the certificate is the one to trust, and no other.
api_open() { api_url=$1 api_certificate=$2 api_cookies=$3 api_csrf=''; }

api_curl() { curl --silent --show-error --cacert "$api_certificate" --cookie "$api_cookies" --cookie-jar "$api_cookies" "$@"; }

# api_log_in USER: reads the password from standard input, so that it is in no process list.
api_log_in() {
  local answer
  answer=$(jq -Rc --arg user "$1" '{userName: $user, password: .}' \
    | api_curl --fail -X POST -H 'Content-Type: application/json' --data-binary @- "$api_url/session") || return 1
  api_csrf=$(jq -r .csrfToken <<<"$answer")
}

api_get() { api_curl --fail-with-body "$api_url$1"; }

# api_send METHOD PATH: the body comes from standard input. A refusal is printed in the words of the API.
api_send() {
  local answer status
  answer=$(api_curl -X "$1" -H 'Content-Type: application/json' -H "X-CSRF-Token: $api_csrf" --data-binary @- \
    --write-out '\n%{http_code}' "$api_url$2")
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  [ "$status" -lt 400 ] || die "$(jq -r '.detail // .' <<<"$answer" 2>/dev/null || echo "$answer")"
  printf '%s\n' "$answer"
}

# api_task METHOD PATH: as api_send, for what goes on as a task; waits for its end and prints what was answered first.
api_task() {
  local answer
  answer=$(api_send "$1" "$2") || exit 1
  api_await "$(jq -r .taskId <<<"$answer")"
  printf '%s\n' "$answer"
}

# api_await TASK_ID: shows the steps of the task and waits for its end.
api_await() {
  local task state step last=''
  while true; do
    task=$(api_get "/tasks/$1?waitSeconds=1") || die "the task $1 cannot be read"
    state=$(jq -r .state <<<"$task") step=$(jq -r '.step // empty' <<<"$task")
    [ "$step" = "$last" ] || { say "  $(jq -r '"\(.progress) % \(.step)"' <<<"$task")"; last=$step; }
    case $state in
      SUCCEEDED) return ;;
      FAILED|CANCELLED) die "$(jq -r '"\(.kind) of \(.targetName): \(.failure.message)"' <<<"$task")" ;;
    esac
  done
}
