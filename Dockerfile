FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN useradd --create-home --uid 10001 app

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY manage.py pyproject.toml ./
COPY config config
COPY symptoms symptoms
COPY education education
COPY alerts alerts
COPY docs/clinical docs/clinical
ENV LOCAL_DIR=/tmp/local
# A key for this step alone: without one, a key would be made and kept in the image.
RUN LOCAL_STACK=1 SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    python manage.py collectstatic --no-input && chown -R app /tmp/local

USER app
EXPOSE 8000
CMD ["sh", "-c", "exec gunicorn config.wsgi --bind 0.0.0.0:8000 --workers ${WEB_WORKERS:-2} --threads ${WEB_THREADS:-4} --config python:config.web_server --no-control-socket"]
