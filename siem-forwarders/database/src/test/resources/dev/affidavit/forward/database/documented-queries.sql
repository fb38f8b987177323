-- View recent audit events
SELECT
timestamp,
username,
database_name,
event_type,
object_type,
object_name,
command,
success
FROM entropy_audit_log
WHERE timestamp > NOW() - INTERVAL '1 hour'
ORDER BY timestamp DESC;
-- Find failed authentication attempts
SELECT
timestamp,
username,
client_addr,
event_type,
details
FROM entropy_audit_log
WHERE event_type = 'AUTH_FAILED'
AND timestamp > NOW() - INTERVAL '24 hours'
ORDER BY timestamp DESC;
-- Track data access by user
SELECT
username,
COUNT(*) as access_count,
COUNT(DISTINCT object_name) as tables_accessed
FROM entropy_audit_log
WHERE event_type IN ('SELECT', 'UPDATE', 'DELETE')
AND timestamp > NOW() - INTERVAL '7 days'
GROUP BY username
ORDER BY access_count DESC;
-- Find suspicious patterns
SELECT
username,
client_addr,
COUNT(*) as failed_attempts,
MAX(timestamp) as last_attempt
FROM entropy_audit_log
WHERE event_type = 'AUTH_FAILED'
AND timestamp > NOW() - INTERVAL '1 hour'
GROUP BY username, client_addr
HAVING COUNT(*) > 5
ORDER BY failed_attempts DESC;
-- Export audit logs
COPY (
SELECT * FROM entropy_audit_log
WHERE timestamp BETWEEN '2024-01-01' AND '2024-01-31'
) TO '/exports/audit_january_2024.csv' CSV HEADER;
-- Generate compliance report
SELECT
DATE(timestamp) as date,
event_type,
COUNT(*) as event_count,
COUNT(DISTINCT username) as unique_users,
COUNT(DISTINCT client_addr) as unique_ips
FROM entropy_audit_log
WHERE timestamp BETWEEN '2024-01-01' AND '2024-01-31'
GROUP BY DATE(timestamp), event_type
ORDER BY date, event_type;
-- User activity report
SELECT
username,
COUNT(*) FILTER (WHERE event_type LIKE 'SELECT%') as reads,
COUNT(*) FILTER (WHERE event_type IN ('INSERT', 'UPDATE', 'DELETE')) as writes,
COUNT(*) FILTER (WHERE success = false) as failures,
MIN(timestamp) as first_activity,
MAX(timestamp) as last_activity
FROM entropy_audit_log
WHERE timestamp > NOW() - INTERVAL '30 days'
GROUP BY username
ORDER BY (reads + writes) DESC;
-- Privilege escalation detection
SELECT
username,
timestamp,
command,
details
FROM entropy_audit_log
WHERE event_type IN ('GRANT', 'REVOKE', 'ALTER_ROLE')
AND timestamp > NOW() - INTERVAL '7 days'
ORDER BY timestamp DESC;
-- Data export tracking (for GDPR/CCPA)
SELECT
username,
timestamp,
object_name,
rows_affected,
client_addr
FROM entropy_audit_log
WHERE command LIKE 'COPY%TO%'
OR command LIKE 'SELECT%INTO OUTFILE%'
ORDER BY timestamp DESC;
